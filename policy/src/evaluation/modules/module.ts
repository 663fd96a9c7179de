import { posix } from "node:path";
import { evaluate } from "../expressions/evaluate.ts";
import type { Scope } from "../expressions/scope.ts";
import { withNames } from "../expressions/scope.ts";
import type { Block, Place } from "../syntax/body.ts";
import type { Expression } from "../syntax/expression.ts";
import { ListValue, MapValue, Open, Unknown } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { expandCount, expandForEach, formatKey, namespace, single } from "./expansion.ts";
import type { Expansion, Instance } from "./expansion.ts";
import type { ModuleConfig } from "./module-config.ts";
import { resourceValue } from "./resource-value.ts";
import { convertTo, readType } from "./type-constraint.ts";
import type { World } from "./world.ts";

/** What a module is given. */
export interface Inputs {
  /** The value of a variable; undefined where none is given and the default counts. */
  read: (name: string) => { value: Value; place: Place } | undefined;
  /** True where the call names the providers. */
  providers?: boolean;
}

/** Modules nested deeper than this are not entered. */
const deepestModules = 40;

/** One instance of a module. Every value is computed when it is first asked for, and once. */
export class Module {
  readonly world: World;
  readonly config: ModuleConfig;
  /** `module.shop[0]`; empty for the root module. */
  readonly address: string;
  readonly scope: Scope;
  readonly #parent: Module | undefined;
  readonly #inputs: Inputs;
  readonly #values = new Map<string, Value>();
  readonly #open: string[] = [];
  readonly #types = new Map<ReadonlyMap<string, Block>, ReadonlySet<string>>();
  readonly #expansions = new Map<Block, Expansion>();
  readonly #children = new Map<string, Module | undefined>();

  constructor(world: World, config: ModuleConfig, address: string, inputs: Inputs, parent?: Module) {
    this.world = world;
    this.config = config;
    this.address = address;
    this.#inputs = inputs;
    this.#parent = parent;
    const names = this.#names();
    this.scope = {
      evaluate,
      budget: world.budget,
      read: (name) => names.get(name) ?? this.#resourcesOf(this.config.resources, name),
      textOf: (path) => world.textOf(path),
      note: () => undefined,
    };
  }

  #names(): ReadonlyMap<string, Value> {
    const { config } = this;
    const root: ModuleConfig = this.#root().config;
    const path = posix.relative(root.directory, config.directory);
    return new Map<string, Value>([
      ["var", new Open((name) => this.variable(name))],
      ["local", new Open((name) => this.local(name))],
      ["module", new Open((name) => this.#called(name))],
      ["data", new Open((type) => this.#resourcesOf(config.data, type) ?? new Unknown())],
      ["path", namespace({ module: path === "" ? "." : path, root: "." })],
      ["terraform", new Open(() => new Unknown())],
    ]);
  }

  #root(): Module {
    return this.#parent ? this.#parent.#root() : this;
  }

  inModule(address: string): string {
    return this.address === "" ? address : `${this.address}.${address}`;
  }

  /** Computes a value once. What needs itself is a cycle: a problem, and unknown. */
  once(key: string, place: Place, compute: () => Value): Value {
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    if (this.#open.includes(key)) {
      const cycle = [...this.#open.slice(this.#open.indexOf(key)), key];
      this.world.problem(`These refer to each other in a circle: ${cycle.join(" → ")}`, place);
      return new Unknown();
    }
    this.#open.push(key);
    try {
      const value = compute();
      this.#values.set(key, value);
      return value;
    } finally {
      this.#open.pop();
    }
  }

  local(name: string): Value {
    const attribute = this.config.locals.get(name);
    if (!attribute) return new Unknown();
    return this.once(`local.${name}`, attribute.place, () =>
      this.world.value(attribute.value, attribute.place, this.scope, this.address),
    );
  }

  variable(name: string): Value {
    const block = this.config.variables.get(name);
    if (!block) return new Unknown();
    return this.once(`var.${name}`, block.place, () => this.#variable(name, block));
  }

  #variable(name: string, block: Block): Value {
    const { attributes } = block.body;
    const fallback = attributes.get("default");
    const type = attributes.get("type");
    const nullable = attributes.get("nullable")?.value;
    const defaultOf = (expression: Expression): Value =>
      this.world.value(expression, type?.place ?? block.place, this.scope, this.address);
    const given = this.#inputs.read(name);
    const refused = given?.value === null && nullable?.kind === "literal" && nullable.value === false;
    const chosen = given && !refused ? given : fallback && { value: defaultOf(fallback.value), place: fallback.place };
    if (!chosen) {
      this.world.unknown(`the variable ${name} has no value`, block.place, this.address);
      return new Unknown();
    }
    if (!type) return chosen.value;
    const constraint = readType(type.value);
    const converted = this.world.attempt(chosen.place, this.address, () =>
      convertTo(chosen.value, constraint, defaultOf),
    );
    return converted === undefined ? new Unknown() : converted;
  }

  /** What an output gives. */
  output(name: string): Value {
    const block = this.config.outputs.get(name);
    const value = block?.body.attributes.get("value");
    if (!block || !value) return new Unknown();
    return this.once(`output.${name}`, block.place, () =>
      this.world.value(value.value, value.place, this.scope, this.address),
    );
  }

  /** `aws_s3_bucket` as a name in an expression: the resources of that type. */
  #resourcesOf(group: ReadonlyMap<string, Block>, type: string): Value | undefined {
    if (!this.#typesIn(group).has(type)) return undefined;
    return new Open((name) => {
      const block = group.get(`${type}.${name}`);
      if (!block) return new Unknown();
      const address = `${block.type === "data" ? "data." : ""}${type}.${name}`;
      return this.once(address, block.place, () =>
        this.#instances(block, (instance) => resourceValue(this, block, instance, address), {
          address: this.inModule(address),
          attribute: "",
        }),
      );
    });
  }

  #typesIn(group: ReadonlyMap<string, Block>): ReadonlySet<string> {
    const known = this.#types.get(group) ?? new Set([...group.values()].map((block) => block.labels[0] ?? ""));
    this.#types.set(group, known);
    return known;
  }

  /** As many values as there are instances, in the shape that `count` and `for_each` give. */
  #instances(block: Block, of: (instance: Instance) => Value, origin?: { address: string; attribute: string }): Value {
    const { by, instances } = this.expansionOf(block);
    const [first] = instances;
    if (by === "unknown") return new Unknown(origin ? [origin] : []);
    if (by === "single") return first ? of(first) : new Unknown();
    if (by === "count") return new ListValue(instances.map(of));
    return new MapValue(instances.map((instance) => [String(instance.key), of(instance)]));
  }

  expansionOf(block: Block): Expansion {
    const known = this.#expansions.get(block);
    if (known) return known;
    const expansion = this.#expand(block);
    this.#expansions.set(block, expansion);
    return expansion;
  }

  #expand(block: Block): Expansion {
    const { attributes } = block.body;
    const [repeat, expand] = attributes.has("count")
      ? ([attributes.get("count"), expandCount] as const)
      : ([attributes.get("for_each"), expandForEach] as const);
    if (!repeat) return single;
    const address = this.inModule(addressOf(block));
    const value = this.world.value(repeat.value, repeat.place, this.scope, address);
    const expansion = this.world.attempt(repeat.place, address, () => expand(value)) ?? expand(new Unknown());
    if (expansion.by === "unknown")
      this.world.unknown(
        `${repeat.name} is not known, so neither is how many instances there are`,
        repeat.place,
        address,
      );
    return expansion;
  }

  scopeOf(instance: Instance): Scope {
    return instance.names.size === 0 ? this.scope : withNames(this.scope, instance.names);
  }

  /** `module.name` in an expression. */
  #called(name: string): Value {
    const block = this.config.calls.get(name);
    if (!block) return new Unknown();
    return this.once(`module.${name}`, block.place, () =>
      this.#instances(block, (instance) => {
        const child = this.child(block, instance);
        return child ? new Open((output) => child.output(output)) : new Unknown();
      }),
    );
  }

  /** The module that a call makes; undefined where its sources are not here, or not to be entered. */
  child(block: Block, instance: Instance): Module | undefined {
    const address = this.inModule(`${addressOf(block)}${formatKey(instance.key)}`);
    if (this.#children.has(address)) return this.#children.get(address);
    const child = this.#enter(block, instance, address);
    this.#children.set(address, child);
    return child;
  }

  #enter(block: Block, instance: Instance, address: string): Module | undefined {
    const source = block.body.attributes.get("source");
    const path = source?.value.kind === "literal" ? source.value.value : undefined;
    if (!source || typeof path !== "string" || !/^\.{1,2}(?:\/|$)/.test(path)) {
      const said = typeof path === "string" ? `comes from ${path}` : "has no source that is written out";
      this.world.unknown(
        `the module ${block.labels[0] ?? ""} ${said}, which is not among the sources`,
        block.place,
        address,
      );
      return undefined;
    }
    const directory = posix.join(this.config.directory, path).replace(/(?<=.)\/$/, "");
    if (this.#includes(directory)) {
      this.world.problem(`The module ${directory} includes itself`, block.place);
      return undefined;
    }
    if (!this.world.hasModule(directory)) {
      this.world.unknown(`the module's directory ${directory} is not among the sources`, source.place, address);
      return undefined;
    }
    if (this.#depth() >= deepestModules) {
      this.world.problem(`Modules are nested deeper than ${deepestModules} levels`, block.place);
      return undefined;
    }
    const scope = this.scopeOf(instance);
    const inputs: Inputs = {
      providers: block.body.attributes.has("providers"),
      read: (name) => {
        const argument = block.body.attributes.get(name);
        return (
          argument && { value: this.world.value(argument.value, argument.place, scope, address), place: argument.place }
        );
      },
    };
    return new Module(this.world, this.world.configOf(directory), address, inputs, this);
  }

  #includes(directory: string): boolean {
    return this.config.directory === directory || (this.#parent !== undefined && this.#parent.#includes(directory));
  }

  #depth(): number {
    return this.#parent ? this.#parent.#depth() + 1 : 0;
  }

  /** True where the call hands providers of its own choice to the module. */
  get handed(): boolean {
    return this.#inputs.providers === true;
  }

  get parent(): Module | undefined {
    return this.#parent;
  }
}

/** The address of a block in its module. */
function addressOf(block: Block): string {
  const labels = block.labels.join(".");
  return block.type === "resource" ? labels : `${block.type}.${labels}`;
}
