import type { Rule } from "../rule.ts";
import type { Condition } from "../vocabulary/condition.ts";

/** What a condition expects an attribute to be. `any` where it only asks whether it is there. */
export type Expected = "bool" | "number" | "text" | "texts" | "map" | "list" | "any";

/** An attribute that a rule names: one of the paths has to exist, in this type or another one of the rule, and be what is expected. */
export interface Named {
  type: string;
  paths: readonly string[];
  expected: Expected;
}

/** Every attribute that a rule names, with the types it is looked for in. */
export function attributesNamed(rule: Rule): Named[] {
  return rule.resourceTypes.flatMap((type) => [...namedBy(rule.failsWhen, type, "")]);
}

/** The resource types of one provider (by the prefix of their names) that rules look at or join. */
export function typesNamed(rules: readonly Rule[], prefix: string): Set<string> {
  const types = rules.flatMap((rule) => [...rule.resourceTypes, ...attributesNamed(rule).map(({ type }) => type)]);
  return new Set(types.filter((type) => type.startsWith(prefix)));
}

function* namedBy(condition: Condition, type: string, base: string): Generator<Named> {
  const named = (path: string, expected: Expected): Named => ({ type, paths: [`${base}${path}`], expected });
  switch (condition.op) {
    case "equals":
      yield named(condition.path, expectedOf(condition.value));
      return;
    case "oneOf":
    case "matches":
      yield named(condition.path, "text");
      return;
    case "present":
      yield named(condition.path, "any");
      return;
    case "holds":
      yield named(condition.path, condition.kind);
      return;
    case "worldOpen":
      yield named(condition.path, "texts");
      return;
    case "portRange":
      yield named(condition.ports.from, "number");
      yield named(condition.ports.to, "number");
      yield named(condition.ports.protocol, "text");
      return;
    case "all":
    case "any":
      for (const inner of condition.of) yield* namedBy(inner, type, base);
      return;
    case "not":
      yield* namedBy(condition.of, type, base);
      return;
    case "some":
      yield named(condition.path, "list");
      for (const path of condition.identity) yield named(`${condition.path}.${path}`, "any");
      yield* namedBy(condition.where, type, `${base}${condition.path}.`);
      return;
    case "connected":
      yield { type: condition.type, paths: [condition.by.from], expected: "any" };
      yield { type, paths: condition.by.to, expected: "any" };
      yield* namedBy(condition.where, condition.type, "");
      return;
    case "refersTo":
      yield named(condition.by.from, "any");
      yield { type: condition.type, paths: condition.by.to, expected: "any" };
      yield* namedBy(condition.where, condition.type, "");
      return;
    case "judge":
      for (const path of condition.reads) yield named(path, "any");
  }
}

function expectedOf(value: boolean | number | string): Expected {
  if (typeof value === "boolean") return "bool";
  return typeof value === "number" ? "number" : "text";
}
