import type { Json, JsonObject } from "../../resources/json.ts";
import { isObject } from "../../resources/json.ts";
import type { Resource } from "../../resources/resource.ts";
import { formatPath } from "../../vocabulary/path.ts";
import type { Step } from "../../vocabulary/path.ts";
import type { BlockPlace, Origin, PartialDocument } from "../evaluation.ts";
import type { Block } from "../syntax/body.ts";
import { put, toPlanValue } from "../values/json.ts";
import { documentInText, markOf } from "../values/text-in-part.ts";
import { LimitReached, MapValue, Unknown } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { valuesOf } from "./block-values.ts";
import { formatKey } from "./expansion.ts";
import type { Instance } from "./expansion.ts";
import type { Module } from "./module.ts";
import { providerOf, withInherited } from "./providers.ts";
import { expressionsOf } from "./references.ts";

/** Resources of one directory beyond these are not made. */
const mostResources = 50_000;

/** What is collected on the way through the modules. */
export class Collected {
  readonly resources: Resource[] = [];
  readonly documents = new Map<string, ReadonlyMap<string, PartialDocument>>();
  readonly origins = new Map<string, ReadonlyMap<string, readonly Origin[]>>();
  readonly texts = new Map<string, ReadonlyMap<string, string>>();
  readonly places = new Map<string, BlockPlace>();
  readonly #expressions = new Map<Block, JsonObject>();

  /** Evaluates everything in a module and in those it calls. */
  collect(module: Module): void {
    for (const name of module.config.locals.keys()) module.local(name);
    for (const name of module.config.outputs.keys()) module.output(name);
    for (const block of module.config.resources.values())
      for (const instance of module.expansionOf(block).instances)
        module.world.attempt(block.place, undefined, () => this.#add(module, block, instance));
    for (const block of module.config.calls.values())
      for (const instance of module.expansionOf(block).instances) {
        const child = module.child(block, instance);
        if (child) this.collect(child);
      }
  }

  #add(module: Module, block: Block, instance: Instance): void {
    if (this.resources.length >= mostResources)
      throw new LimitReached(`there are more than ${mostResources} resources`);
    const [type = "", name = ""] = block.labels;
    const address = module.inModule(`${type}.${name}${formatKey(instance.key)}`);
    const written = valuesOf(module.world, block.body, module.scopeOf(instance), address);
    const found = withInherited(module, type, block, written);
    const { value, unknown } = toPlanValue(found);
    const hidden = hiddenIn(found);
    if (hidden.documents.size > 0) this.documents.set(address, hidden.documents);
    if (hidden.origins.size > 0) this.origins.set(address, hidden.origins);
    if (hidden.texts.size > 0) this.texts.set(address, hidden.texts);
    this.places.set(address, block.place);
    const dynamic = block.body.blocks.filter((inner) => inner.type === "dynamic").map((inner) => inner.labels[0] ?? "");
    this.resources.push({
      address,
      moduleAddress: module.address,
      type,
      name,
      ...(instance.key === undefined ? {} : { index: instance.key }),
      provider: providerOf(module, type, block),
      values: isObject(value) ? value : {},
      unknown: isObject(unknown) ? unknown : {},
      configured: {
        expressions: withOrigins(this.#expressionsOf(block), hidden.origins, module.address),
        dynamicBlocks: new Set(dynamic),
      },
    });
  }

  #expressionsOf(block: Block): JsonObject {
    const known = this.#expressions.get(block) ?? expressionsOf(block.body);
    this.#expressions.set(block, known);
    return known;
  }
}

interface Hidden {
  documents: Map<string, PartialDocument>;
  origins: Map<string, readonly Origin[]>;
  texts: Map<string, string>;
}

/** What is behind the unknown parts of a resource. */
function hiddenIn(values: MapValue): Hidden {
  const hidden: Hidden = { documents: new Map(), origins: new Map(), texts: new Map() };
  const visit = (value: Value, steps: readonly Step[]): void => {
    if (value === null || typeof value !== "object") return;
    if (value instanceof Unknown) {
      if (value.origins.length > 0) hidden.origins.set(formatPath(steps), value.origins);
      if (value.text !== undefined) hidden.texts.set(formatPath(steps), value.text);
      const behind = value.document ?? (value.text === undefined ? undefined : documentInText(value.text));
      if (behind === undefined) return;
      const { value: document = null, unknown = false } = toPlanValue(behind, markOf);
      hidden.documents.set(formatPath(steps), { document, unknown });
    } else if (value instanceof MapValue) {
      if (!value.known) for (const [key, item] of value.entries) visit(item, [...steps, key]);
    } else if ("items" in value && !value.known)
      for (const [place, item] of value.items.entries()) visit(item, [...steps, place]);
  };
  visit(values, []);
  return hidden;
}

/** Names also those resources of the same module that a value reaches through variables, locals and outputs. */
function withOrigins(
  expressions: JsonObject,
  origins: ReadonlyMap<string, readonly Origin[]>,
  module: string,
): JsonObject {
  if (origins.size === 0) return expressions;
  const extended = { ...expressions };
  for (const [path, found] of origins) {
    const expression = Object.hasOwn(expressions, path) ? expressions[path] : undefined;
    const references: Json[] =
      isObject(expression) && Array.isArray(expression["references"]) ? expression["references"] : [];
    const own = found
      .filter(({ address }) => moduleOf(address) === module)
      .map(({ address, attribute }) => named(address, attribute, module));
    const added = own.filter((reference) => !references.includes(reference));
    if (added.length > 0 && isObject(expression))
      put(extended, path, { ...expression, references: [...references, ...added] });
  }
  return extended;
}

/** The module's part of an address; keys may hold dots and brackets. */
function moduleOf(address: string): string {
  return (
    /^(?:module\.[^.[]+(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?(?:\.(?=module\.))?)*/.exec(address)?.[0].replace(/\.$/, "") ??
    ""
  );
}

function named(address: string, attribute: string, module: string): string {
  const own = module === "" ? address : address.slice(module.length + 1);
  return attribute === "" ? own : `${own}.${attribute}`;
}
