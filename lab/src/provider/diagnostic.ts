import type { AttributePath, Diagnostic } from "@plumbline/providers/protocol/value-messages";
import { SEVERITY } from "@plumbline/providers/protocol/value-messages";
import type { Attribute } from "../kinds/attribute.ts";

/**
 * An error for the person at the configuration. Terraform shows the line of the attribute that the path begins with;
 * given more of the path it would show the resource's first line instead, so the rest belongs into the text.
 */
export function errorDiagnostic(summary: string, detail: string, path: readonly (string | number)[] = []): Diagnostic {
  const [attribute] = path;
  return {
    severity: SEVERITY.error,
    summary,
    detail,
    attribute: attribute === undefined ? undefined : { steps: [{ attributeName: String(attribute) }] },
  };
}

/** The path to one attribute of a resource. */
export function attributePath(attribute: Attribute): AttributePath {
  return { steps: [{ attributeName: attribute.name }] };
}
