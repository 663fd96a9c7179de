import type { Condition, Match } from "../../vocabulary/condition.ts";
import { textOf } from "../../vocabulary/text.ts";
import { objects } from "./kinds.ts";
import type { Kind } from "./kinds.ts";
import type { Part } from "./part.ts";

/** One rule of a role. What is known only after apply is undefined. */
export interface Permission {
  groups: readonly string[] | undefined;
  resources: readonly string[] | undefined;
  verbs: readonly string[] | undefined;
  /** Names that it is limited to. */
  names: readonly string[] | undefined;
}

const reads = ["rule.api_groups", "rule.resources", "rule.verbs", "rule.resource_names"];

/** Some rule of the role allows this. */
export function allows(kinds: readonly Kind[], test: (permission: Permission) => boolean | undefined): Condition {
  return objects(kinds, reads, (role) => {
    const rules = role.parts("rule");
    if (!rules) return [{ outcome: "unknown", attribute: role.attribute("rule") }];
    return rules.flatMap((rule): Match[] => {
      const met = test(permissionOf(rule));
      const attribute = rule.attribute("verbs");
      if (met === undefined) return [{ outcome: "unknown", attribute }];
      return met ? [{ outcome: "true", attribute, identity: identityOf(rule) }] : [];
    });
  });
}

function permissionOf(rule: Part): Permission {
  const list = (name: string): readonly string[] | undefined => {
    const value = rule.read(name);
    // The group of pods and secrets has the empty name.
    return value.known ? (Array.isArray(value.value) ? value.value : []).map(textOf) : undefined;
  };
  return {
    groups: list("api_groups"),
    resources: list("resources"),
    verbs: list("verbs"),
    names: list("resource_names"),
  };
}

function identityOf(rule: Part): string {
  const { groups, resources, verbs } = permissionOf(rule);
  return JSON.stringify([groups, resources, verbs]);
}

/** Verbs on resources of a group; undefined where that is not known yet. */
export function may(
  permission: Permission,
  verbs: readonly string[],
  resources: readonly string[],
  group: string,
): boolean | undefined {
  const { groups, resources: on, verbs: does } = permission;
  if (!groups || !on || !does) return undefined;
  return (
    does.some((verb) => verb === "*" || verbs.includes(verb)) &&
    on.some((resource) => resource === "*" || resources.includes(resource)) &&
    groups.some((one) => one === "*" || one === group)
  );
}

/** Every verb on every resource of every group; undefined where that is not known yet. */
export const isEverything = ({ groups, resources, verbs }: Permission): boolean | undefined =>
  groups && resources && verbs && [groups, resources, verbs].every((list) => list.includes("*"));

/** Something narrow is meant: all of it is not, and there is a rule for that. */
export function narrowly(
  test: (permission: Permission) => boolean | undefined,
): (permission: Permission) => boolean | undefined {
  return (permission) => {
    const everything = isEverything(permission);
    const anyResource = permission.resources?.includes("*");
    const anyVerb = permission.verbs?.includes("*");
    return everything || anyResource || anyVerb ? false : test(permission);
  };
}
