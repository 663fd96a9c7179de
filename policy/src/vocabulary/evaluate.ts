import type { Json } from "../resources/json.ts";
import type { Resource } from "../resources/resource.ts";
import type { PolicyParameters } from "../configuration/policy-configuration.ts";
import type { Condition, JudgeContext, Match, Truth, Value } from "./condition.ts";
import type { Joined } from "./joins.ts";
import { isNarrowInPart, isWorld, readPortRange } from "./network.ts";
import { formatPath } from "./path.ts";
import type { Step } from "./path.ts";
import { readValue } from "./read.ts";
import { isReference } from "./referenced.ts";
import { unknownText } from "./statement.ts";
import type { World } from "./world.ts";

/** What a condition is judged in: a resource, the element of it that is looked at, and everything else in the plan. */
export interface Scope {
  resource: Resource;
  base: readonly Step[];
  /** Everything else in the plan. */
  world: World;
  parameters: PolicyParameters;
  /** Inside of an odd number of `not`. */
  negated?: boolean;
}

/** Where the condition is true or may become true; an empty list means false. */
export function evaluate(condition: Condition, scope: Scope): Match[] {
  switch (condition.op) {
    case "equals":
      return test(scope, condition.path, (value) => isEqual(value, condition.value));
    case "oneOf":
      return test(
        scope,
        condition.path,
        (value) => typeof value !== "object" && condition.values.includes(String(value)),
      );
    case "present":
      return judgePresence(scope, condition.path);
    case "matches":
      return test(scope, condition.path, (value) => typeof value === "string" && condition.pattern.test(value));
    case "holds":
      return judgeHeld(scope, condition);
    case "worldOpen":
      return judgeNetworks(scope, condition.path);
    case "portRange":
      return judgePorts(scope, condition);
    case "all":
      return judgeAll(scope, condition.of);
    case "any":
      return judgeAny(scope, condition.of);
    case "not":
      return negate(scope, condition.of);
    case "some":
      return judgeElements(scope, condition);
    case "connected":
      return judgeConnected(scope, condition);
    case "refersTo":
      return judgeReferred(scope, condition);
    case "judge":
      return condition.by(judgeContext(scope));
  }
}

function read(scope: Scope, path: string): Value {
  return readValue(scope.resource, stepsAt(scope, path));
}

/** The steps from the resource to a path of the element that is looked at. */
function stepsAt({ base, world }: Scope, path: string): readonly Step[] {
  const steps = world.steps(path);
  return base.length === 0 ? steps : [...base, ...steps];
}

function test(scope: Scope, path: string, isMet: (value: Json) => Truth): Match[] {
  const value = read(scope, path);
  const met = value.known ? isMet(value.value) : isRuledOut(scope, path, isMet) ? false : "unknown";
  if (met === false) return [];
  return [{ outcome: met === true ? "true" : "unknown", attribute: attributeAt(scope, path) }];
}

/** A text that is known in part, such as an ARN with an id to come, can rule a finding out, but never make one. */
function isRuledOut(scope: Scope, path: string, isMet: (value: Json) => Truth): boolean {
  const text = scope.negated ? undefined : scope.resource.texts?.get(attributeAt(scope, path));
  return text !== undefined && !text.includes(unknownText) && isMet(text) === false;
}

/** A policy document may be known in part before it is known as a whole. */
function judgeHeld(scope: Scope, condition: Condition & { op: "holds" }): Match[] {
  const document = scope.base.length === 0 ? scope.resource.documents?.get(condition.path) : undefined;
  if (document === undefined || read(scope, condition.path).known) return test(scope, condition.path, condition.test);
  const met = condition.test(document);
  if (met === false) return [];
  return [{ outcome: met === true ? "true" : "unknown", attribute: condition.path }];
}

/** Terraform converts "true" to true and "12" to 12 where the attribute's type asks for it; so the words count as values. */
function isEqual(value: Json, expected: boolean | number | string): boolean {
  if (value === expected) return true;
  if (value === null || typeof value === "object" || typeof value === typeof expected) return false;
  return String(value).toLowerCase() === String(expected).toLowerCase();
}

function judgePresence(scope: Scope, path: string): Match[] {
  const found = test(scope, path, isPresent);
  const text = scope.resource.texts?.get(attributeAt(scope, path)) ?? "";
  const isSet = text.replaceAll(unknownText, "") !== "" || isReference(scope.resource, stepsAt(scope, path));
  if (found[0]?.outcome !== "unknown" || !isSet) return found;
  return found.map((match) => ({ ...match, outcome: "true" }));
}

function isPresent(value: Json): boolean {
  if (value === null || value === "") return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
}

function judgeNetworks(scope: Scope, path: string): Match[] {
  const steps = stepsAt(scope, path);
  const value = readValue(scope.resource, steps);
  const isNarrow = (at: readonly Step[]): boolean => {
    const text = scope.resource.texts?.get(formatPath(at));
    return text !== undefined && isNarrowInPart(text);
  };
  if (!value.known) return isNarrow(steps) ? [] : [{ outcome: "unknown", attribute: formatPath(steps) }];
  const networks = Array.isArray(value.value) ? value.value : [value.value];
  if (networks.some((network) => typeof network === "string" && isWorld(network)))
    return [{ outcome: "true", attribute: formatPath(steps) }];
  const hidden = networks.some((_, position) => {
    const at = [...steps, position];
    return !readValue(scope.resource, at).known && !isNarrow(at);
  });
  return hidden && Array.isArray(value.value) ? [{ outcome: "unknown", attribute: formatPath(steps) }] : [];
}

function judgePorts(scope: Scope, condition: Condition & { op: "portRange" }): Match[] {
  const { from, to, protocol } = condition.ports;
  const attribute = attributeAt(scope, from);
  const range = readPortRange(read(scope, from), read(scope, to), read(scope, protocol));
  if (range === "unknown") return [{ outcome: "unknown", attribute }];
  return range && condition.test(range) ? [{ outcome: "true", attribute }] : [];
}

function judgeAll(scope: Scope, conditions: readonly Condition[]): Match[] {
  let first: Match[] = [];
  let open: Match | undefined;
  for (const [position, condition] of conditions.entries()) {
    const found = evaluate(condition, scope);
    if (found.length === 0) return [];
    if (position === 0) first = found;
    if (!found.some((match) => match.outcome === "true")) open ??= found[0];
  }
  return open ? first.map((match) => ({ ...match, outcome: "unknown" })) : first.filter(isCertain);
}

function judgeAny(scope: Scope, conditions: readonly Condition[]): Match[] {
  const found = conditions.flatMap((condition) => evaluate(condition, scope));
  return found.some(isCertain) ? found.filter(isCertain) : found;
}

function isCertain(match: Match): boolean {
  return match.outcome === "true";
}

function negate(scope: Scope, condition: Condition): Match[] {
  const found = evaluate(condition, { ...scope, negated: scope.negated !== true });
  if (found.some(isCertain)) return [];
  if (found.length > 0) return found;
  const path = firstPath(condition);
  return [{ outcome: "true", ...(path === undefined ? {} : { attribute: attributeAt(scope, path) }) }];
}

function attributeAt(scope: Scope, path: string): string {
  return formatPath(stepsAt(scope, path));
}

/** The attribute a condition looks at first: where something is missing, that is what to add. */
function firstPath(condition: Condition): string | undefined {
  if ("path" in condition) return condition.path;
  if (condition.op === "portRange") return condition.ports.from;
  if (condition.op === "not") return firstPath(condition.of);
  if (condition.op === "all" || condition.op === "any") return condition.of.map(firstPath).find((path) => path);
  return undefined;
}

function judgeElements(scope: Scope, condition: Condition & { op: "some" }): Match[] {
  const steps = stepsAt(scope, condition.path);
  const list = readValue(scope.resource, steps, "list");
  if (!list.known) return [{ outcome: "unknown", attribute: formatPath(steps) }];
  const elements = Array.isArray(list.value) ? list.value : list.value === null ? [] : [list.value];
  const found: Match[] = [];
  for (const position of elements.keys()) {
    const base = Array.isArray(list.value) ? [...steps, position] : steps;
    const element = { ...scope, base };
    const inside = evaluate(condition.where, element);
    const best = inside.find(isCertain) ?? inside[0];
    if (!best) continue;
    const identity = condition.identity.map((path) => {
      const value = read(element, path);
      return value.known ? JSON.stringify(value.value) : "?";
    });
    found.push({ ...best, ...(identity.length > 0 ? { identity: identity.join(" ") } : {}) });
  }
  return found;
}

function judgeConnected(scope: Scope, { type, by, where }: Condition & { op: "connected" }): Match[] {
  return judgeOthers(scope, scope.world.joins.connected(scope.resource, type, by), where);
}

function judgeReferred(scope: Scope, { type, by, where }: Condition & { op: "refersTo" }): Match[] {
  return judgeOthers(scope, scope.world.joins.referred(scope.resource, type, by), where);
}

function judgeOthers(scope: Scope, { certain, perhaps }: Joined, where: Condition): Match[] {
  const { world } = scope;
  const judge = (resource: Resource): Match[] =>
    world.remembered(where, resource, () => evaluate(where, { ...scope, resource, base: [] }));
  let open = false;
  for (const resource of certain) {
    const found = judge(resource);
    if (found.some(isCertain)) return [{ outcome: "true" }];
    open ||= found.length > 0;
  }
  // A resource is not another one to itself, where one looks for a second of its kind.
  open ||= perhaps.some((group) => world.matching(where, group, judge).some((one) => one !== scope.resource));
  return open ? [{ outcome: "unknown" }] : [];
}

function judgeContext(scope: Scope): JudgeContext {
  return {
    resource: scope.resource,
    parameters: scope.parameters,
    read: (path) => read(scope, path),
    document: (text, parse) => scope.world.document(text, parse),
  };
}
