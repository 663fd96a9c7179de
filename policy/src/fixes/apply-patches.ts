import type { Patch } from "@plumbline/contract/findings";

/**
 * Applies patches to one text, from its end on; line ends stay as they are. Of patches that touch the same lines only the
 * first is applied: the others are found again afterwards. One that was made for other lines is left out.
 */
export function applyPatches(text: string, patches: readonly Patch[]): { text: string; applied: Patch[] } {
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  const lines = text.split(/\r?\n/);
  const applied: Patch[] = [];
  for (const patch of patches) {
    const isThere = patch.before.every((line, index) => lines[patch.startLine - 1 + index] === line);
    const isFree =
      isThere && applied.every((other) => patch.endLine < other.startLine || patch.startLine > other.endLine);
    if (isFree) applied.push(patch);
  }
  for (const { startLine, endLine, lines: put } of applied.toSorted((left, right) => right.startLine - left.startLine))
    lines.splice(startLine - 1, endLine - startLine + 1, ...put);
  return { text: lines.join(end), applied };
}
