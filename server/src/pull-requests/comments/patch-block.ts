import type { Patch } from "@plumbline/contract";
import { codeBlock, inlineCode } from "./markdown.ts";

/** What mends a finding: its place, and a diff of the lines it changes. */
export function patchBlock({ file, startLine, before, lines }: Patch): string {
  const changed = [...before.map((line) => `-${line}`), ...lines.map((line) => `+${line}`)];
  return `${inlineCode(`${file}:${startLine}`)}:\n\n${codeBlock(changed.join("\n"), "diff")}`;
}
