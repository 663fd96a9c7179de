import type { ResourcePlace } from "@plumbline/contract/plan-view";
import { objectAt, objectsAt } from "../resources/json.ts";
import type { Json, JsonObject } from "../resources/json.ts";
import type { Resource } from "../resources/resource.ts";
import { attributeLines } from "../sources/attribute-lines.ts";
import { locate } from "../sources/locate.ts";
import type { SourceIndex } from "../sources/source-index.ts";

/**
 * Where the block of each resource begins, by address, and on which lines of it what the plan changes is set; those of a
 * module from elsewhere are shown by its call.
 */
export function resourcePlaces(
  index: SourceIndex,
  resources: readonly Resource[],
  plan: JsonObject,
): Record<string, ResourcePlace> {
  const before = changedFrom(plan);
  return Object.fromEntries(
    resources.flatMap((resource) => {
      const place = locate(index, resource, undefined)?.place;
      if (place === undefined) return [];
      const known = before.get(resource.address);
      const lines = known === undefined ? {} : attributeLines(index, resource, known);
      const { file, line } = place;
      return [[resource.address, { file, line, ...(Object.keys(lines).length === 0 ? {} : { lines }) }]];
    }),
  );
}

/** What each resource that the plan changes is before, by address; null where it is not there yet. */
function changedFrom(plan: JsonObject): Map<string, Json> {
  return new Map(
    objectsAt(plan, "resource_changes").flatMap((entry): [string, Json][] => {
      const { address, deposed } = entry;
      const change = objectAt(entry, "change");
      const isKept = Array.isArray(change["actions"]) && change["actions"].every((action) => action === "no-op");
      if (typeof address !== "string" || deposed !== undefined || isKept) return [];
      return [[address, change["before"] ?? null]];
    }),
  );
}
