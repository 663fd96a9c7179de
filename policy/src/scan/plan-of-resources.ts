import type { JsonObject } from "../resources/json.ts";
import { modulePath } from "../resources/resource.ts";
import type { Resource } from "../resources/resource.ts";

/**
 * A plan as `terraform show -json` prints it, that makes or keeps exactly these resources, so that whatever judges
 * plans (rules, Rego) judges what came from a state or from sources alone. Resources of type `provider` become the
 * plan's provider configurations.
 */
export function planOfResources(
  resources: readonly Resource[],
  action: "create" | "no-op",
  variables: JsonObject = {},
): JsonObject {
  const providers: JsonObject = {};
  const root = emptyModule();
  const changes: JsonObject[] = [];
  for (const resource of resources) {
    if (resource.type === "provider") {
      providers[resource.address.replace(/^provider\./, "")] = providerEntry(resource);
      continue;
    }
    changes.push(changeOf(resource, action));
    if (resource.configured) configure(root, resource, resource.configured.expressions);
  }
  return {
    format_version: "1.2",
    variables: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, { value }])),
    resource_changes: changes,
    configuration: { provider_config: providers, root_module: toJson(root) },
  };
}

function changeOf(resource: Resource, action: "create" | "no-op"): JsonObject {
  const { address, moduleAddress, type, name, index, provider, values, unknown } = resource;
  return {
    address,
    ...(moduleAddress === "" ? {} : { module_address: moduleAddress }),
    mode: "managed",
    type,
    name,
    ...(index === undefined ? {} : { index }),
    provider_name: provider,
    change: {
      actions: [action],
      before: action === "no-op" ? values : null,
      after: values,
      after_unknown: unknown,
    },
  };
}

function providerEntry({ name, provider, values, unknown }: Resource): JsonObject {
  const known = Object.entries(values).map(([key, value]) => [key, { constant_value: value }] as const);
  const open = Object.keys(unknown).map((key) => [key, {}] as const);
  return { name, full_name: provider, expressions: Object.fromEntries([...open, ...known]) };
}

/** The plan's `configuration` of a module while it is put together. */
interface Module {
  resources: Map<string, JsonObject>;
  calls: Map<string, Module>;
}

function emptyModule(): Module {
  return { resources: new Map(), calls: new Map() };
}

function configure(root: Module, { moduleAddress, type, name }: Resource, expressions: JsonObject): void {
  let module = root;
  for (const call of modulePath(moduleAddress)) {
    const next = module.calls.get(call) ?? emptyModule();
    module.calls.set(call, next);
    module = next;
  }
  module.resources.set(`${type}.${name}`, { mode: "managed", type, name, expressions });
}

function toJson(module: Module): JsonObject {
  return {
    resources: [...module.resources.values()],
    module_calls: Object.fromEntries([...module.calls].map(([name, inner]) => [name, { module: toJson(inner) }])),
  };
}
