import { isObject, objectAt } from "./json.ts";
import type { Json, JsonObject } from "./json.ts";
import { modulePath } from "./resource.ts";
import type { Resource } from "./resource.ts";

/** Hops from variable to argument to output beyond these are not followed. */
const mostHops = 20;

/** Where an expression stands: the module's address, and the key of the instance that `each` and `count` mean in it. */
interface Frame {
  moduleAddress: string;
  key: string | number | undefined;
}

/**
 * Follows what the code sets from variables and outputs of modules, where it is known only after apply, to the resources that
 * give the value: a bucket made by one module and its access block by another one.
 */
export class PlanOrigins {
  readonly #root: JsonObject;
  readonly #modules = new Map<string, JsonObject>();
  readonly #addresses: ReadonlySet<string>;

  constructor(plan: JsonObject, resources: readonly Resource[]) {
    this.#root = objectAt(objectAt(plan, "configuration"), "root_module");
    this.#addresses = new Set(resources.map(({ address }) => address));
  }

  /** Attribute → addresses; only attributes that name no resource themselves. */
  of(resource: Resource): Map<string, readonly string[]> {
    const found = new Map<string, readonly string[]>();
    const { moduleAddress, index: key } = resource;
    for (const [name, expression] of Object.entries(resource.configured?.expressions ?? {})) {
      if (resource.unknown[name] !== true || !isObject(expression)) continue;
      const references = referencesOf(expression);
      if (!references.some((reference) => /^(?:var|module)\./.test(reference))) continue;
      const addresses = this.#follow(references, { moduleAddress, key }, 0);
      if (addresses && addresses.size > 0) found.set(name, [...addresses]);
    }
    return found;
  }

  /** Undefined where one of the references leads to something that cannot be told. */
  #follow(references: readonly string[], frame: Frame, hops: number): Set<string> | undefined {
    if (hops > mostHops) return undefined;
    const isKeyed = references.some((reference) => /^(?:each|count)\./.test(reference));
    const addresses = new Set<string>();
    for (const reference of leading(references)) {
      const next = this.#step(reference, frame, isKeyed, hops);
      if (!next) return undefined;
      for (const address of next) addresses.add(address);
    }
    return addresses;
  }

  #step(reference: string, frame: Frame, isKeyed: boolean, hops: number): Iterable<string> | undefined {
    const [, kind, name = "", index, rest = ""] = referencePattern.exec(reference) ?? [];
    if (kind === "var") return this.#argument(name, frame, hops);
    if (kind === "module") return this.#output(name, index, rest, frame, isKeyed, hops);
    if (kind === undefined || ["data", "each", "count", "local", "path", "self", "terraform"].includes(kind))
      return kind === "each" || kind === "count" ? [] : undefined;
    const address = `${prefix(frame.moduleAddress)}${kind}.${name}${index ?? ""}`;
    if (this.#addresses.has(address)) return [address];
    const keyed = `${address}${isKeyed ? formatIndex(frame.key) : ""}`;
    return this.#addresses.has(keyed) ? [keyed] : undefined;
  }

  /** What the call of the module says for a variable of it. */
  #argument(name: string, { moduleAddress }: Frame, hops: number): Iterable<string> | undefined {
    const outer = lastModule(moduleAddress);
    if (!outer) return undefined;
    const expressions = objectAt(
      objectAt(objectAt(this.#module(outer.parent), "module_calls"), outer.name),
      "expressions",
    );
    const expression = expressions[name];
    if (!isObject(expression)) return undefined;
    return this.#follow(referencesOf(expression), { moduleAddress: outer.parent, key: outer.key }, hops + 1);
  }

  #output(
    name: string,
    index: string | undefined,
    rest: string,
    frame: Frame,
    isKeyed: boolean,
    hops: number,
  ): Iterable<string> | undefined {
    const call = objectAt(objectAt(this.#module(frame.moduleAddress), "module_calls"), name);
    const expands = call["count_expression"] !== undefined || call["for_each_expression"] !== undefined;
    const own = index ?? (expands && isKeyed ? formatIndex(frame.key) : "");
    if (expands && own === "") return undefined;
    const output = /^\.([\w-]+)/.exec(rest)?.[1] ?? "";
    const expression = objectAt(objectAt(objectAt(objectAt(call, "module"), "outputs"), output), "expression");
    const moduleAddress = `${prefix(frame.moduleAddress)}module.${name}${own}`;
    return this.#follow(referencesOf(expression), { moduleAddress, key: undefined }, hops + 1);
  }

  #module(address: string): JsonObject {
    const path = modulePath(address);
    const known = this.#modules.get(path.join("/"));
    if (known) return known;
    let module = this.#root;
    for (const name of path) module = objectAt(objectAt(objectAt(module, "module_calls"), name), "module");
    this.#modules.set(path.join("/"), module);
    return module;
  }
}

/** `module.network[0].subnet_ids`, `aws_s3_bucket.logs["eu"].id`. */
const referencePattern = /^([a-z]\w*)\.([\w-]+)(\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?(.*)$/s;

function referencesOf(expression: JsonObject): string[] {
  const references = expression["references"];
  return Array.isArray(references) ? references.filter((one): one is string => typeof one === "string") : [];
}

/** The longest of those that go on from each other: a plan lists `module.a.id` and `module.a`. */
function leading(references: readonly string[]): string[] {
  return references.filter(
    (reference) =>
      !references.some(
        (other) => other !== reference && /^[.[]/.test(other.slice(reference.length)) && other.startsWith(reference),
      ),
  );
}

/** The innermost module of an address: its name, its key, and the address of the one that calls it. */
function lastModule(address: string): { name: string; key: string | number | undefined; parent: string } | undefined {
  const parts = [...address.matchAll(/module\.([^.[]+)(?:\[("(?:[^"\\]|\\.)*"|\d+)\])?\.?/g)];
  const last = parts.at(-1);
  if (last?.[1] === undefined) return undefined;
  const key: Json = last[2] === undefined ? null : JSON.parse(last[2]);
  return {
    name: last[1],
    key: typeof key === "string" || typeof key === "number" ? key : undefined,
    parent: address.slice(0, last.index).replace(/\.$/, ""),
  };
}

function prefix(moduleAddress: string): string {
  return moduleAddress === "" ? "" : `${moduleAddress}.`;
}

function formatIndex(key: string | number | undefined): string {
  return key === undefined ? "" : `[${JSON.stringify(key)}]`;
}
