import { isObject } from "../resources/json.ts";
import type { Json } from "../resources/json.ts";
import type { Resource } from "../resources/resource.ts";
import type { Connection } from "./condition.ts";
import { parsePath } from "./path.ts";
import { readValue } from "./read.ts";

/** Another resource that belongs to this one; not certain where that is known only after apply. */
export interface Connected {
  resource: Resource;
  certain: boolean;
}

type Belongs = "yes" | "no" | "perhaps";

/**
 * Which candidates belong to `resource`: equal values where both are known, else the references in their code
 * (`bucket = aws_s3_bucket.logs.id`). Where the code refers to something that cannot be followed here (a variable, a
 * module's output), a candidate may belong.
 */
export function connectedResources(resource: Resource, candidates: readonly Resource[], by: Connection): Connected[] {
  const targets = knownTargets(resource, by);
  return candidates.flatMap((candidate) => {
    const value = readValue(candidate, parsePath(by.from));
    const belongs = value.known ? byValue(value.value, targets) : byReference(resource, candidate, by);
    return belongs === "no" ? [] : [{ resource: candidate, certain: belongs === "yes" }];
  });
}

function knownTargets(resource: Resource, by: Connection): Json[] {
  return by.to.flatMap((path) => {
    const value = readValue(resource, parsePath(path));
    return value.known && value.value !== null ? [value.value] : [];
  });
}

/** A written-out name may be that of a resource whose own name is not known yet. */
function byValue(value: Json, targets: readonly Json[]): Belongs {
  if (value === null) return "no";
  if (targets.length === 0) return "perhaps";
  return targets.includes(value) ? "yes" : "no";
}

function byReference(resource: Resource, candidate: Resource, by: Connection): Belongs {
  const named = resourcesNamed(candidate, by.from);
  if (named.length === 0) return "perhaps";
  const own = `${resource.type}.${resource.name}`;
  const beside = by.to.flatMap((path) => resourcesNamed(resource, path));
  const meant = named.includes(own) || named.some((name) => beside.includes(name));
  if (candidate.moduleAddress !== resource.moduleAddress || !meant) return "no";
  if (resource.index === undefined && candidate.index === undefined) return "yes";
  if (resource.index === candidate.index) return "yes";
  return resource.index === undefined || candidate.index === undefined ? "perhaps" : "no";
}

/** The resources (`aws_s3_bucket.logs`) to which an attribute refers in the code. */
function resourcesNamed(resource: Resource, attribute: string): string[] {
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
