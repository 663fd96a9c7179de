import { isObject } from "../resources/json.ts";
import type { Json } from "../resources/json.ts";
import type { Resource } from "../resources/resource.ts";
import { parsePath } from "./path.ts";

/** The resources (`aws_s3_bucket.logs`) to which an attribute refers in the code. */
export function resourcesNamed(resource: Resource, attribute: string): string[] {
  let expression: Json | undefined = resource.configured?.expressions;
  for (const step of parsePath(attribute)) {
    // A nested block that may stand once.
    if (Array.isArray(expression)) expression = expression.length === 1 ? expression[0] : undefined;
    expression = isObject(expression) ? expression[step] : undefined;
  }
  const references = isObject(expression) ? expression["references"] : undefined;
  if (!Array.isArray(references)) return [];
  return references.flatMap((reference) => {
    const found = typeof reference === "string" ? /^([a-z][a-z0-9]*_\w+\.[\w-]+)(?:[.[]|$)/.exec(reference) : null;
    return found?.[1] === undefined ? [] : [found[1]];
  });
}
