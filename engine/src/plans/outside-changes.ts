import type { ResourceView } from "@plumbline/contract";
import { canonicalJson } from "@plumbline/contract";
import { encode } from "./encode.ts";
import type { JsonValue } from "./json.ts";
import { isObject } from "./json.ts";
import type { Plan, ResourceChange } from "./plan.ts";
import { resourceView } from "./resource-view.ts";
import { secretFinder } from "./secrets.ts";

/**
 * What was changed outside and matters: a resource that is gone, or a value that differs by more than the spelling of
 * nothing (null, empty text, list or map). Moves are the code's doing and are left out.
 */
export function outsideChanges(plan: Plan): ResourceChange[] {
  return plan.resourceDrift.filter(
    ({ change, mode }) =>
      mode === "managed" &&
      !change.actions.every((action) => action === "no-op") &&
      (change.actions.includes("delete") || spell(change.before) !== spell(change.after)),
  );
}

/** The same for pages: per resource what changed from what to what; `action` is `update` or `delete`. Sorted by address. */
export function driftView(plan: Plan, secrets: readonly string[] = []): ResourceView[] {
  const isSecret = secretFinder(plan, secrets);
  return outsideChanges(plan)
    .map((resource) => resourceView(resource, isSecret))
    .toSorted((left, right) => (left.address < right.address ? -1 : 1));
}

function spell(value: JsonValue | undefined): string {
  // Nothing is hidden here: the text is only compared.
  return canonicalJson(encode(withoutNothing(value) ?? null, false, { hmacKey: "" }));
}

function withoutNothing(value: JsonValue | undefined): JsonValue | undefined {
  if (value === null || value === "" || value === undefined) return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map((item) => withoutNothing(item) ?? null);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).flatMap(([key, child]): [string, JsonValue][] => {
    const kept = withoutNothing(child);
    return kept === undefined ? [] : [[key, kept]];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
