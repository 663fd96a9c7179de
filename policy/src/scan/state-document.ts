import { fromEntry } from "../resources/from-plan.ts";
import { isObject, objectAt, objectsAt, stringAt } from "../resources/json.ts";
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

/** The managed resources of a state file of version 4, as `terraform state pull` prints it. */
export function resourcesOfStateFile(state: JsonObject): Resource[] {
  return objectsAt(state, "resources")
    .filter((resource) => resource["mode"] === "managed")
    .flatMap((resource) =>
      objectsAt(resource, "instances")
        .filter((instance) => instance["deposed"] === undefined && isObject(instance["attributes"]))
        .map((instance) => fromInstance(resource, instance)),
    );
}

function fromInstance(resource: JsonObject, instance: JsonObject): Resource {
  const module = stringAt(resource, "module") ?? "";
  const key = instance["index_key"];
  const type = stringAt(resource, "type") ?? "";
  const name = stringAt(resource, "name") ?? "";
  const index = typeof key === "string" ? `[${JSON.stringify(key)}]` : typeof key === "number" ? `[${key}]` : "";
  return {
    address: `${module === "" ? "" : `${module}.`}${type}.${name}${index}`,
    moduleAddress: module,
    type,
    name,
    ...(typeof key === "string" || typeof key === "number" ? { index: key } : {}),
    provider: /^provider\["(.+)"\]/.exec(stringAt(resource, "provider") ?? "")?.[1] ?? "",
    values: objectAt(instance, "attributes"),
    unknown: {},
  };
}
