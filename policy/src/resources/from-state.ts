import { isObject, objectAt, objectsAt, stringAt } from "./json.ts";
import type { JsonObject } from "./json.ts";
import { fromEntry } from "./from-plan.ts";
import type { Resource } from "./resource.ts";

/** The resources as they are: the refreshed state inside a plan (`prior_state`), with what drifted (`resource_drift`) on top. */
export function liveResources(plan: unknown): Resource[] {
  const resources = new Map<string, Resource>();
  collect(objectAt(objectAt(objectAt(plan, "prior_state"), "values"), "root_module"), resources);
  for (const entry of objectsAt(plan, "resource_drift")) {
    const after = objectAt(entry, "change")["after"];
    const address = stringAt(entry, "address") ?? "";
    if (entry["mode"] !== "managed" || entry["deposed"] !== undefined) continue;
    if (isObject(after)) resources.set(address, fromEntry(entry, after, {}));
    else resources.delete(address);
  }
  return [...resources.values()];
}

/** The same resources with the values that were recorded before anybody changed them elsewhere. */
export function recordedResources(plan: unknown): Resource[] {
  const resources = new Map(liveResources(plan).map((resource) => [resource.address, resource]));
  for (const entry of objectsAt(plan, "resource_drift")) {
    const before = objectAt(entry, "change")["before"];
    if (entry["mode"] !== "managed" || entry["deposed"] !== undefined || !isObject(before)) continue;
    resources.set(stringAt(entry, "address") ?? "", fromEntry(entry, before, {}));
  }
  return [...resources.values()];
}

function collect(module: JsonObject, into: Map<string, Resource>): void {
  const moduleAddress = module["address"];
  for (const entry of objectsAt(module, "resources")) {
    if (entry["mode"] !== "managed" || entry["deposed_key"] !== undefined) continue;
    const inModule = typeof moduleAddress === "string" ? { ...entry, module_address: moduleAddress } : entry;
    const resource = fromEntry(inModule, objectAt(entry, "values"), {});
    into.set(resource.address, resource);
  }
  for (const child of objectsAt(module, "child_modules")) collect(child, into);
}
