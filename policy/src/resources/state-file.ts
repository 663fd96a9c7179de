import { isObject, objectAt, objectsAt, stringAt } from "./json.ts";
import type { JsonObject } from "./json.ts";
import type { Resource } from "./resource.ts";

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
