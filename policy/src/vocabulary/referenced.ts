import { isObject } from "../resources/json.ts";
import type { Json } from "../resources/json.ts";
import type { Resource } from "../resources/resource.ts";
import type { Step } from "./path.ts";

/**
 * True where the code sets the attribute from attributes of other resources and nothing else (`aws_kms_key.orders.arn`).
 * Such a value may be known only after apply, but it will be there. Variables, locals and outputs of modules may be null.
 */
export function isReference(resource: Resource, steps: readonly Step[]): boolean {
  // Through modules too, where there is nothing that could be null instead.
  const [only] = steps;
  if (steps.length === 1 && resource.origins?.get(String(only))?.length === 1) return true;
  let found: Json | undefined = resource.configured?.expressions;
  for (const step of steps) {
    if (typeof step === "string" && Array.isArray(found)) found = found.length === 1 ? found[0] : undefined;
    if (typeof step === "number") found = Array.isArray(found) ? found[step] : undefined;
    else found = isObject(found) ? found[step] : undefined;
  }
  const references = isObject(found) ? found["references"] : undefined;
  if (!Array.isArray(references) || references.length === 0) return false;
  return references.every(
    (reference) => typeof reference === "string" && /^(?:data\.)?[a-z][a-z0-9]*_\w+\.[\w-]+/.test(reference),
  );
}
