import type { SourceFile } from "../sources/syntax-tree.ts";
import { lintRules } from "./lint-rules.ts";
import type { LintHit } from "./lint-rules.ts";

/** More faults than these in one file are the echo of the first. */
const shownPerFile = 5;

/** Faults in native HCL files. */
export function findSyntaxErrors(file: SourceFile): LintHit[] {
  return file.errors.slice(0, shownPerFile).map((place, position) => ({
    rule: lintRules.syntax,
    place,
    key: `${place.text ?? ""} ${position}`,
    title: `${file.path} cannot be read as HCL: fault at line ${place.line}`,
  }));
}

/** Faults in files of Terraform's JSON syntax (`*.tf.json`, `*.tfvars.json`). */
export function findJsonErrors(path: string, text: string): LintHit[] {
  try {
    JSON.parse(text);
    return [];
  } catch (fault) {
    const line = lineOfFault(text, String(fault));
    return [
      {
        rule: lintRules.syntax,
        place: { file: path, line, text: (text.split("\n")[line - 1] ?? "").trim().slice(0, 240) },
        key: "json",
        title: `${path} cannot be read as JSON: fault at line ${line}`,
      },
    ];
  }
}

/** V8 says `... at position 12 (line 1 column 13)`, or nothing of the kind where the text ended too early. */
function lineOfFault(text: string, message: string): number {
  const position = /position (\d+)/.exec(message)?.[1];
  return text.slice(0, position === undefined ? text.length : Number(position)).split("\n").length;
}
