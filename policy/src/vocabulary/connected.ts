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

/**
 * Which candidates belong to `resource`: equal values where both are known, else the reference in the candidate's code
 * (`bucket = aws_s3_bucket.logs.id`). Where the code refers to something that cannot be followed here (a variable, a
 * module's output), it may belong.
 */
export function connectedResources(resource: Resource, candidates: readonly Resource[], by: Connection): Connected[] {
  const found: Connected[] = [];
  for (const candidate of candidates) {
    const value = readValue(candidate, parsePath(by.from));
    if (value.known) {
      if (value.value !== null && targets(resource, by).includes(value.value))
        found.push({ resource: candidate, certain: true });
      continue;
    }
    const belongs = byReference(resource, candidate, by);
    if (belongs !== "no") found.push({ resource: candidate, certain: belongs === "yes" });
  }
  return found;
}

function targets(resource: Resource, by: Connection): Json[] {
  return by.to.flatMap((path) => {
    const value = readValue(resource, parsePath(path));
    return value.known && value.value !== null ? [value.value] : [];
  });
}

function byReference(resource: Resource, candidate: Resource, by: Connection): "yes" | "no" | "perhaps" {
  const references = referencesOf(candidate.configured?.expressions[by.from]);
  const own = `${resource.type}.${resource.name}`;
  const named = references.filter((reference) => /^[a-z0-9]+_/.test(reference));
  if (references.length === 0 || named.length === 0) return "perhaps";
  const hit = named.some(
    (reference) => reference === own || reference.startsWith(`${own}.`) || reference.startsWith(`${own}[`),
  );
  if (!hit || candidate.moduleAddress !== resource.moduleAddress) return "no";
  if (resource.index === undefined || resource.index === candidate.index) return "yes";
  return candidate.index === undefined ? "perhaps" : "no";
}

function referencesOf(expression: Json | undefined): string[] {
  const references = isObject(expression) ? expression["references"] : undefined;
  return Array.isArray(references) ? references.filter((item) => typeof item === "string") : [];
}
