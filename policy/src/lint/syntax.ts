import type { SourceFile } from "../sources/syntax-tree.ts";
import { lintRules } from "./lint-rules.ts";
import type { LintHit } from "./lint-rules.ts";

/** The first fault of a file in the native or the JSON syntax; those after it are mostly its echo. */
export function findSyntaxErrors(file: SourceFile): LintHit[] {
  const language = file.path.endsWith(".json") ? "JSON" : "HCL";
  return file.errors.slice(0, 1).map(({ message, ...place }) => ({
    rule: lintRules.syntax,
    place,
    key: place.text ?? "",
    title: `${file.path} cannot be read as ${language}: line ${place.line}: ${message}`,
  }));
}
