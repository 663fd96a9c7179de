import { problem } from "@plumbline/contract/errors";
import { isObject, objectAt, objectsAt, stringAt } from "./json.ts";
import type { JsonObject } from "./json.ts";
import { documentsIn, openDocuments } from "./policy-documents.ts";
import { PlanOrigins } from "./plan-origins.ts";
import type { Resource } from "./resource.ts";
import { modulePath } from "./resource.ts";

/**
 * The managed resources as they will be after the plan, from the object `terraform show -json` prints. Destroyed,
 * deposed and forgotten objects and data sources are left out. Throws `policy_unjudged` where it is no plan.
 */
export function resourcesOfPlan(plan: unknown): Resource[] {
  if (!isObject(plan) || typeof plan["format_version"] !== "string")
    throw problem("policy_unjudged", "What should be judged is not a plan: it has no format_version.");
  if (plan["errored"] === true)
    throw problem("policy_unjudged", "The plan is marked as errored: it is incomplete and cannot be judged.");
  const root = objectAt(objectAt(plan, "configuration"), "root_module");
  const known = new Map<string, Map<string, JsonObject>>();
  const open = openDocuments(plan);
  const resources: Resource[] = [];
  for (const change of objectsAt(plan, "resource_changes")) {
    if (change["mode"] !== "managed" || change["deposed"] !== undefined) continue;
    const after = objectAt(change, "change");
    if (!isObject(after["after"])) continue;
    const resource = fromEntry(change, after["after"], objectAt(after, "after_unknown"));
    const expressions = configuredExpressions(root, resource, known);
    if (expressions) resource.configured = { expressions };
    const documents = documentsIn(resource, open);
    if (documents.size > 0) resource.documents = documents;
    resources.push(resource);
  }
  const origins = new PlanOrigins(plan, resources);
  for (const resource of resources) {
    const found = origins.of(resource);
    if (found.size > 0) resource.origins = found;
  }
  return resources;
}

/** One resource from an entry of `resource_changes`, `resource_drift` or a state's module. */
export function fromEntry(entry: JsonObject, values: JsonObject, unknown: JsonObject): Resource {
  const index = entry["index"];
  return {
    address: stringAt(entry, "address") ?? "",
    moduleAddress: stringAt(entry, "module_address") ?? "",
    type: stringAt(entry, "type") ?? "",
    name: stringAt(entry, "name") ?? "",
    ...(typeof index === "string" || typeof index === "number" ? { index } : {}),
    provider: stringAt(entry, "provider_name") ?? "",
    values,
    unknown,
  };
}

/** What the code sets for a resource; undefined where its block is not in the plan. */
function configuredExpressions(
  root: JsonObject,
  resource: Resource,
  known: Map<string, Map<string, JsonObject>>,
): JsonObject | undefined {
  const path = modulePath(resource.moduleAddress);
  const key = path.join("/");
  let declared = known.get(key);
  if (declared === undefined) {
    declared = declaredIn(root, path);
    known.set(key, declared);
  }
  return declared.get(`${resource.type}.${resource.name}`);
}

/** The expressions of every managed resource of a module, by type and name; read once, since plans are large. */
function declaredIn(root: JsonObject, path: readonly string[]): Map<string, JsonObject> {
  let module = root;
  for (const name of path) module = objectAt(objectAt(objectAt(module, "module_calls"), name), "module");
  return new Map(
    objectsAt(module, "resources")
      .filter((declared) => declared["mode"] === "managed")
      .map((declared) => [
        `${stringAt(declared, "type") ?? ""}.${stringAt(declared, "name") ?? ""}`,
        objectAt(declared, "expressions"),
      ]),
  );
}
