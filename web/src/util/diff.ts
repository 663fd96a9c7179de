/** A line of a unified diff. `marked` are the pieces of a changed line that differ from its counterpart. */
export interface DiffLine {
  kind: "context" | "added" | "removed" | "hunk";
  /** Line numbers before and after; null where the line is not there. */
  before: number | null;
  after: number | null;
  pieces: { text: string; marked: boolean }[];
}

const hunkHead = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@(.*)$/;

/** Reads a unified diff of one file; file headers are left out, words that differ inside a changed line are marked. */
export function parseDiff(patch: string): DiffLine[] {
  const out: DiffLine[] = [];
  let before = 0;
  let after = 0;
  let inHunk = false;
  for (const line of patch.split("\n")) {
    const head = hunkHead.exec(line);
    if (head !== null) {
      before = Number(head[1]);
      after = Number(head[2]);
      inHunk = true;
      out.push({ kind: "hunk", before: null, after: null, pieces: [{ text: line, marked: false }] });
      continue;
    }
    if (!inHunk) continue;
    const pieces = [{ text: line.slice(1), marked: false }];
    if (line.startsWith("+")) out.push({ kind: "added", before: null, after: after++, pieces });
    else if (line.startsWith("-")) out.push({ kind: "removed", before: before++, after: null, pieces });
    else if (line.startsWith(" ")) out.push({ kind: "context", before: before++, after: after++, pieces });
  }
  markPairs(out);
  return out;
}

/** Pairs a run of removed lines with the run of added lines that follows it, line by line. */
function markPairs(lines: DiffLine[]): void {
  let at = 0;
  while (at < lines.length) {
    const removed = run(lines, at, "removed");
    const added = run(lines, at + removed, "added");
    for (let index = 0; index < Math.min(removed, added); index++) {
      const old = lines[at + index];
      const fresh = lines[at + removed + index];
      if (old !== undefined && fresh !== undefined) [old.pieces, fresh.pieces] = markWords(textOf(old), textOf(fresh));
    }
    at += Math.max(1, removed + added);
  }
}

function run(lines: readonly DiffLine[], from: number, kind: DiffLine["kind"]): number {
  let length = 0;
  while (lines[from + length]?.kind === kind) length++;
  return length;
}

/** The line's text without its sign. */
function textOf(line: DiffLine): string {
  return line.pieces.map(({ text }) => text).join("");
}

/** Marks what lies between the common words at the beginning and at the end; nothing where the lines share nothing. */
export function markWords(before: string, after: string): [DiffLine["pieces"], DiffLine["pieces"]] {
  const words = (text: string) => text.match(/\w+|\s+|[^\w\s]/g) ?? [];
  const [old, fresh] = [words(before), words(after)];
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head++;
  let tail = 0;
  const most = Math.min(old.length, fresh.length) - head;
  while (tail < most && old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]) tail++;
  const shared = [...old.slice(0, head), ...old.slice(old.length - tail)].some((word) => word.trim() !== "");
  const pieces = (all: string[]) =>
    shared
      ? [
          { text: all.slice(0, head).join(""), marked: false },
          { text: all.slice(head, all.length - tail).join(""), marked: true },
          { text: all.slice(all.length - tail).join(""), marked: false },
        ].filter(({ text }) => text !== "")
      : [{ text: all.join(""), marked: false }];
  return [pieces(old), pieces(fresh)];
}
