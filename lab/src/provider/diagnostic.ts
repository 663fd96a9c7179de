import type { Diagnostic, PathStep } from "@plumbline/providers/protocol/value-messages";
import { SEVERITY } from "@plumbline/providers/protocol/value-messages";
import type { Attribute } from "../kinds/attribute.ts";

/** An error for the person at the configuration; with a path Terraform shows the line that is meant. */
export function errorDiagnostic(summary: string, detail: string, path: readonly (string | number)[] = []): Diagnostic {
  return {
    severity: SEVERITY.error,
    summary,
    detail,
    attribute: path.length === 0 ? undefined : { steps: path.map(step) },
  };
}

/** The path to one attribute of a resource. */
export function attributePath(attribute: Attribute): { steps: PathStep[] } {
  return { steps: [step(attribute.name)] };
}

function step(part: string | number): PathStep {
  return typeof part === "number" ? { elementKeyInt: part } : { attributeName: part };
}
