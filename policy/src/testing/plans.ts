import type { Json, JsonObject } from "../resources/json.ts";

/** A created resource for a plan made by hand. */
export interface PlannedResource {
  address: string;
  after: JsonObject;
  unknown?: JsonObject;
}

/** The parts of `terraform show -json` that checks read. */
export function planOf(resources: readonly PlannedResource[], more: JsonObject = {}): JsonObject {
  return {
    format_version: "1.2",
    resource_changes: resources.map(({ address, after, unknown = {} }) => ({
      ...entryOf(address),
      change: { actions: ["create"], before: null, after, after_unknown: unknown },
    })),
    ...more,
  };
}

/** A resource whose values changed outside, as `resource_drift` shows it; `after` null where it was deleted. */
export function driftOf(address: string, before: JsonObject, after: Json): JsonObject {
  return { ...entryOf(address), change: { actions: [after === null ? "delete" : "update"], before, after } };
}

/** A plan whose refreshed state holds these resources. */
export function liveOf(resources: readonly PlannedResource[], drift: readonly JsonObject[]): JsonObject {
  const held = resources.map(({ address, after }) => ({ ...entryOf(address), values: after }));
  return {
    format_version: "1.2",
    prior_state: { values: { root_module: { resources: held } } },
    resource_drift: [...drift],
  };
}

function entryOf(address: string): JsonObject {
  const parts = address.split(".");
  const [type = "", last = ""] = parts.slice(-2);
  const name = last.replace(/\[.*$/, "");
  const moduleAddress = parts.slice(0, -2).join(".");
  return {
    address,
    ...(moduleAddress === "" ? {} : { module_address: moduleAddress }),
    mode: "managed",
    type,
    name,
    provider_name: "example.org/acme/lab",
  };
}
