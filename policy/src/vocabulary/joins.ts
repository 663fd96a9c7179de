import type { Json } from "../resources/json.ts";
import type { Resource } from "../resources/resource.ts";
import type { Connection } from "./condition.ts";
import { parsePath } from "./path.ts";
import { readValue } from "./read.ts";
import { resourcesNamed } from "./references.ts";

/** Other resources that belong to one. Groups are shared between many questions, so that what is asked of all in one is asked once. */
export interface Joined {
  certain: readonly Resource[];
  /** Those of which it is known only after apply, or cannot be followed in the code; the resource itself may be among them. */
  perhaps: readonly (readonly Resource[])[];
}

/**
 * Tells which resources belong together: equal values where both are known, else the references in their code
 * (`bucket = aws_s3_bucket.logs.id`). Where the code refers to something that cannot be followed here (a variable, a
 * module's output), a candidate may belong. Resources are looked up in tables, since plans are large.
 */
export class Joins {
  readonly byType: ReadonlyMap<string, readonly Resource[]>;
  readonly #sources = new Map<string, SourceTable>();
  readonly #targets = new Map<string, TargetTable>();

  constructor(resources: readonly Resource[]) {
    this.byType = Map.groupBy(resources, (resource) => resource.type);
  }

  /** Resources of this type whose `from` attribute is, or refers to, one of the `to` attributes of this one. */
  connected(resource: Resource, type: string, by: Connection): Joined {
    const table = this.#sourceTable(type, by.from);
    const targets = by.to.flatMap((path) => knownValue(resource, path));
    const certain = new Set(
      by.inside
        ? table.known.filter((candidate) => namesOne(candidate, by.from, targets))
        : targets.flatMap((target) => table.byValue.get(target) ?? []),
    );
    // A written-out name may be that of a resource whose own name is not known yet.
    const perhaps: (readonly Resource[])[] = [table.unfollowed, ...(targets.length === 0 ? [table.known] : [])];
    for (const name of namesOf(resource, by.to)) {
      const instances = table.byName.get(inModule(resource, name));
      if (instances) addInstances(resource, instances, certain, perhaps);
    }
    for (const address of addressesOf(resource, by.to))
      for (const one of table.byAddress.get(address) ?? []) certain.add(one);
    certain.delete(resource);
    return { certain: [...certain], perhaps };
  }

  /** The other way round: resources of this type of which one of the `to` attributes is what this one's `from` is or refers to. */
  referred(resource: Resource, type: string, by: Connection): Joined {
    const table = this.#targetTable(type, by.to);
    const value = readValue(resource, parsePath(by.from));
    if (value.known && value.value === null) return { certain: [], perhaps: [] };
    if (value.known) return { certain: table.byValue.get(value.value) ?? [], perhaps: [table.unnamed] };
    const origins = resource.origins?.get(by.from);
    if (origins) return { certain: origins.flatMap((address) => table.byAddress.get(address) ?? []), perhaps: [] };
    const named = resourcesNamed(resource, by.from);
    if (named.length === 0) return { certain: [], perhaps: [this.byType.get(type) ?? []] };
    const certain = new Set<Resource>();
    const perhaps: (readonly Resource[])[] = [];
    for (const name of named) {
      const instances = table.byName.get(inModule(resource, name));
      if (instances) addInstances(resource, instances, certain, perhaps);
    }
    return { certain: [...certain], perhaps };
  }

  #sourceTable(type: string, from: string): SourceTable {
    const key = `${type} ${from}`;
    const table = this.#sources.get(key) ?? sourceTable(this.byType.get(type) ?? [], from);
    this.#sources.set(key, table);
    return table;
  }

  #targetTable(type: string, to: readonly string[]): TargetTable {
    const key = `${type} ${to.join(" ")}`;
    const table = this.#targets.get(key) ?? targetTable(this.byType.get(type) ?? [], to);
    this.#targets.set(key, table);
    return table;
  }
}

/** Instances of one block by their index, and all of them. */
interface Instances {
  byIndex: Map<string | number | undefined, Resource[]>;
  all: Resource[];
}

/** Resources by what one attribute of theirs holds or, where that is not known, refers to. */
interface SourceTable {
  byValue: Map<Json, Resource[]>;
  /** Whatever they hold, as long as it is known and not null. */
  known: Resource[];
  byName: Map<string, Instances>;
  /** Those of which it is known through modules what they refer to. */
  byAddress: Map<string, Resource[]>;
  unfollowed: Resource[];
}

function sourceTable(resources: readonly Resource[], from: string): SourceTable {
  const table: SourceTable = { byValue: new Map(), known: [], byName: new Map(), byAddress: new Map(), unfollowed: [] };
  const path = parsePath(from);
  for (const resource of resources) {
    const value = readValue(resource, path);
    if (value.known && value.value === null) continue;
    if (value.known) {
      table.known.push(resource);
      append(table.byValue, value.value, resource);
      continue;
    }
    const origins = resource.origins?.get(from);
    if (origins) {
      for (const address of new Set(origins)) append(table.byAddress, address, resource);
      continue;
    }
    const named = new Set(resourcesNamed(resource, from));
    if (named.size === 0) table.unfollowed.push(resource);
    for (const name of named) appendInstance(table.byName, inModule(resource, name), resource);
  }
  return table;
}

/** Resources by the values of their own attributes, and by their names and those that these attributes refer to. */
interface TargetTable {
  byValue: Map<Json, Resource[]>;
  /** Of none of the attributes the value is known. */
  unnamed: Resource[];
  byName: Map<string, Instances>;
  byAddress: Map<string, Resource[]>;
}

function targetTable(resources: readonly Resource[], to: readonly string[]): TargetTable {
  const table: TargetTable = { byValue: new Map(), unnamed: [], byName: new Map(), byAddress: new Map() };
  for (const resource of resources) {
    const values = new Set(to.flatMap((path) => knownValue(resource, path)));
    if (values.size === 0) table.unnamed.push(resource);
    for (const value of values) append(table.byValue, value, resource);
    for (const name of namesOf(resource, to)) appendInstance(table.byName, inModule(resource, name), resource);
    for (const address of addressesOf(resource, to)) append(table.byAddress, address, resource);
  }
  return table;
}

/** Its attribute is a text in which one of the names stands as a word of its own. */
function namesOne(resource: Resource, from: string, names: readonly Json[]): boolean {
  const value = readValue(resource, parsePath(from));
  const text = value.known && typeof value.value === "string" ? value.value : "";
  return names.some((name) => {
    if (typeof name !== "string" || name === "") return false;
    for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
      if (!/[\w-]/.test(text.charAt(at - 1)) && !/[\w-]/.test(text.charAt(at + name.length))) return true;
    }
    return false;
  });
}

/** Instances of the same index belong together; one without an index may belong to any. */
function addInstances(
  resource: Resource,
  { byIndex, all }: Instances,
  certain: Set<Resource>,
  perhaps: (readonly Resource[])[],
): void {
  for (const same of byIndex.get(resource.index) ?? []) certain.add(same);
  if (resource.index !== undefined) perhaps.push(byIndex.get(undefined) ?? []);
  else if (byIndex.size > (byIndex.has(undefined) ? 1 : 0)) perhaps.push(all);
}

/** The resource's own name and those to which its attributes refer. */
function namesOf(resource: Resource, attributes: readonly string[]): Set<string> {
  return new Set([
    `${resource.type}.${resource.name}`,
    ...attributes.flatMap((path) => resourcesNamed(resource, path)),
  ]);
}

/** The resource's own address and those that give the value of its attributes. */
function addressesOf(resource: Resource, attributes: readonly string[]): Set<string> {
  return new Set([resource.address, ...attributes.flatMap((path) => resource.origins?.get(path) ?? [])]);
}

function knownValue(resource: Resource, path: string): Json[] {
  const value = readValue(resource, parsePath(path));
  return value.known && value.value !== null ? [value.value] : [];
}

function inModule({ moduleAddress }: Resource, name: string): string {
  return `${moduleAddress} ${name}`;
}

function appendInstance(tables: Map<string, Instances>, key: string, resource: Resource): void {
  const instances: Instances = tables.get(key) ?? { byIndex: new Map(), all: [] };
  tables.set(key, instances);
  instances.all.push(resource);
  append(instances.byIndex, resource.index, resource);
}

function append<Key>(lists: Map<Key, Resource[]>, key: Key, resource: Resource): void {
  const list = lists.get(key);
  if (list) list.push(resource);
  else lists.set(key, [resource]);
}
