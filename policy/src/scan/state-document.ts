import { fromEntry } from "../resources/from-plan.ts";
import { objectAt, objectsAt, stringAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import type { Resource } from "../resources/resource.ts";

/** The managed resources of a state as `terraform show -json` prints it. Deposed objects are left out. */
export function resourcesOfShownState(state: JsonObject): Resource[] {
  const found: Resource[] = [];
  collect(objectAt(objectAt(state, "values"), "root_module"), found);
  return found;
}

function collect(module: JsonObject, into: Resource[]): void {
  const address = stringAt(module, "address");
  for (const entry of objectsAt(module, "resources")) {
    if (entry["mode"] !== "managed" || entry["deposed_key"] !== undefined) continue;
    const placed = address === undefined ? entry : { ...entry, module_address: address };
    into.push(fromEntry(placed, objectAt(entry, "values"), {}));
  }
  for (const child of objectsAt(module, "child_modules")) collect(child, into);
}
