import type { SourceFile } from "../sources/syntax-tree.ts";
import { lintRules } from "./lint-rules.ts";
import type { LintHit } from "./lint-rules.ts";

/** The first fault of a native HCL file; those after it are mostly its echo. */
export function findSyntaxErrors(file: SourceFile): LintHit[] {
  return file.errors.slice(0, 1).map((place) => ({
    rule: lintRules.syntax,
    place,
    key: place.text ?? "",
    title: `${file.path} cannot be read as HCL: fault at line ${place.line}`,
  }));
}

/** Faults in files of Terraform's JSON syntax (`*.tf.json`, `*.tfvars.json`). */
export function findJsonErrors(path: string, text: string): LintHit[] {
  try {
    JSON.parse(text);
    return [];
  } catch {
    const line = lineOfFault(text);
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

/** V8 does not always tell the position; the longest beginning that fails only for being cut off ends right before the fault. */
function lineOfFault(text: string): number {
  let [sound, faulty] = [0, text.length + 1];
  while (faulty - sound > 1) {
    const middle = Math.floor((sound + faulty) / 2);
    if (isCutOff(text.slice(0, middle))) sound = middle;
    else faulty = middle;
  }
  return text.slice(0, sound).split("\n").length;
}

/** True where the text could be the beginning of JSON. */
function isCutOff(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return true;
  } catch (fault) {
    const message = String(fault);
    return (
      /end of JSON input|Unterminated string/.test(message) || message.includes(`at position ${beginning.length} `)
    );
  }
}
