import { isObject } from "../resources/json.ts";
import type { Json } from "../resources/json.ts";
import type { Resource } from "../resources/resource.ts";

/**
 * Tells whether two resources are parts of one thing: one refers to the other, in the same module, and where both have an
 * index it is the same. A bucket and its access list are; scanners disagree about which of them a problem belongs to.
 */
export function joinedResources(resources: readonly Resource[]): (left: string, right: string) => boolean {
  const byAddress = new Map(resources.map((resource) => [resource.address, resource]));
  const references = new Map<Resource, ReadonlySet<string>>();
  const refersTo = (from: Resource, to: Resource): boolean => {
    const known = references.get(from) ?? referencesIn(from);
    references.set(from, known);
    return known.has(`${to.type}.${to.name}`);
  };
  return (left, right) => {
    if (left === right) return true;
    const [one, other] = [byAddress.get(left), byAddress.get(right)];
    if (!one || !other || one.moduleAddress !== other.moduleAddress) return false;
    if (one.index !== undefined && other.index !== undefined && one.index !== other.index) return false;
    return refersTo(one, other) || refersTo(other, one);
  };
}

function referencesIn({ configured }: Resource): Set<string> {
  const found = new Set<string>();
  const visit = (value: Json): void => {
    if (Array.isArray(value)) for (const member of value) visit(member);
    else if (isObject(value))
      for (const [key, member] of Object.entries(value))
        if (key === "references" && Array.isArray(member))
          for (const reference of member) {
            const name = typeof reference === "string" ? /^[\w-]+\.[\w-]+/.exec(reference)?.[0] : undefined;
            if (name !== undefined) found.add(name);
          }
        else visit(member);
  };
  visit(configured?.expressions ?? null);
  return found;
}
