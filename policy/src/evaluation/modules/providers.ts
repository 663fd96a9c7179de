import type { Resource } from "../../resources/resource.ts";
import { ListValue, MapValue, Unknown } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { valuesOf } from "./block-values.ts";
import type { Block } from "../syntax/body.ts";
import type { Module } from "./module.ts";
import { toPlanValue } from "../values/json.ts";
import { isObject } from "../../resources/json.ts";

/** Provider → where its configuration holds tags for everything, the resource's own tags, and both together. */
const inherited: Readonly<Record<string, readonly [string, string | undefined, string, string]>> = {
  aws: ["default_tags", "tags", "tags", "tags_all"],
  google: ["default_labels", undefined, "labels", "effective_labels"],
};

/** Address of the provider of a resource type: as `required_providers` says, else HashiCorp's own. */
export function providerOf(module: Module, type: string, block: Block): string {
  const [local = ""] = providerKey(block, type).split(".");
  const source = module.config.sources.get(local) ?? `hashicorp/${local}`;
  return source.split("/").length > 2 ? source : `registry.terraform.io/${source}`;
}

/** `aws`, or `aws.west` where the resource names an alias. */
function providerKey(block: Block, type: string): string {
  const value = block.body.attributes.get("provider")?.value;
  if (value?.kind === "variable") return value.name;
  if (value?.kind === "literal" && typeof value.value === "string") return value.value;
  if (value?.kind === "attribute" && value.of.kind === "variable") return `${value.of.name}.${value.name}`;
  return type.split("_", 1)[0] ?? type;
}

/** The provider configurations of the root module. */
export function providersOf(root: Module): Resource[] {
  return [...root.config.providers].map(([key, block]) => {
    const { value, unknown } = toPlanValue(valuesOf(root.world, block.body, root.scope, `provider.${key}`));
    const [name = key] = key.split(".");
    return {
      address: `provider.${key}`,
      moduleAddress: "",
      type: "provider",
      name,
      provider: providerOf(root, name, block),
      values: isObject(value) ? value : {},
      unknown: isObject(unknown) ? unknown : {},
    };
  });
}

/** Adds the union of a resource's own tags and those that its provider gives to everything. */
export function withInherited(module: Module, type: string, block: Block, values: MapValue): MapValue {
  const key = providerKey(block, type);
  const [name = ""] = key.split(".");
  const [from, within, own, all] = (Object.hasOwn(inherited, name) ? inherited[name] : undefined) ?? [];
  const given = own === undefined ? undefined : values.entries.get(own);
  if (from === undefined || all === undefined || given === undefined || values.entries.has(all)) return values;
  const defaults = defaultsOf(module, key, from, within);
  if (defaults === undefined) return values;
  const union =
    defaults instanceof MapValue && (given === null || given instanceof MapValue)
      ? new MapValue([...defaults.entries, ...(given?.entries ?? [])])
      : new Unknown();
  return new MapValue([...values.entries, [all, union]]);
}

/** Undefined where the provider gives nothing; unknown where a module was handed other providers than those of the root. */
function defaultsOf(module: Module, key: string, attribute: string, within: string | undefined): Value | undefined {
  if (module.parent) return rootGives(module, attribute) ? handedDown(module, key, attribute, within) : undefined;
  const block = module.config.providers.get(key);
  if (!block) return undefined;
  const found = valuesOf(module.world, block.body, module.scope, `provider.${key}`).entries.get(attribute);
  if (found === undefined || within === undefined) return found;
  const inner = found instanceof ListValue ? found.items[0] : undefined;
  return inner instanceof MapValue ? inner.entries.get(within) : new Unknown();
}

function rootGives(module: Module, attribute: string): boolean {
  let root = module;
  while (root.parent) root = root.parent;
  return [...root.config.providers.values()].some(
    ({ body }) =>
      body.attributes.has(attribute) ||
      body.blocks.some((block) => block.type === attribute || block.labels[0] === attribute),
  );
}

function handedDown(module: Module, key: string, attribute: string, within: string | undefined): Value | undefined {
  if (module.handed || key.includes(".")) return new Unknown();
  return module.parent ? defaultsOf(module.parent, key, attribute, within) : undefined;
}
