import { parsePath } from "../vocabulary/path.ts";
import type { Condition } from "../vocabulary/condition.ts";
import type { Rule } from "../rule.ts";
import type { AddedBlock, Scalar } from "./change.ts";
import { changeOfExamples } from "./example-change.ts";

/** What has to be written so that a rule is content. */
export type Repair =
  | { kind: "set"; path: readonly string[]; value: Scalar; block?: AddedBlock }
  | { kind: "remove"; path: readonly string[] };

/**
 * How a finding of this rule is mended: as the rule says; else, where its condition asks for one value; else, where its
 * examples differ in one value and nothing else. Undefined where the good value depends on what the resource is for.
 */
export function repairOf(rule: Rule, resourceType: string, attribute: string): Repair | undefined {
  const path = namesIn(attribute);
  if (rule.repair === "none") return undefined;
  if (rule.repair !== undefined) return explicit(rule.repair, path);
  const shown = changeOfExamples(rule, resourceType);
  const same = shown !== undefined && shown.path.join(".") === path.join(".");
  const asked = valueAgainst(rule.failsWhen, path);
  if (asked !== undefined && !(same && String(shown.value) !== String(asked)))
    return {
      kind: "set",
      path,
      value: asked,
      ...(shown?.block && sameBlock(shown.path, path) ? { block: shown.block } : {}),
    };
  if (!same) return undefined;
  return { kind: "set", path, value: shown.value, ...(shown.block ? { block: shown.block } : {}) };
}

function explicit(repair: Exclude<Rule["repair"], "none" | undefined>, path: readonly string[]): Repair | undefined {
  if ("remove" in repair) {
    const removed = namesIn(repair.remove);
    return removed.join(".") === path.join(".") ? { kind: "remove", path: removed } : undefined;
  }
  const target = namesIn(repair.set);
  return target.join(".") === path.join(".") ? { kind: "set", path: target, value: repair.to } : undefined;
}

function sameBlock(shown: readonly string[], path: readonly string[]): boolean {
  return shown.length === path.length && shown.slice(0, -1).join(".") === path.slice(0, -1).join(".");
}

/** Attribute names of a path; positions in lists are left out. */
function namesIn(attribute: string): string[] {
  return parsePath(attribute).filter((step) => typeof step === "string");
}

/** The one value of the attribute for which the condition is not met any more; the rule's author named the culprit first. */
function valueAgainst(condition: Condition, path: readonly string[], negated = false): Scalar | undefined {
  switch (condition.op) {
    case "equals": {
      if (condition.path.replaceAll(/\[\d+\]/g, "") !== path.join(".")) return undefined;
      if (negated) return condition.value;
      return typeof condition.value === "boolean" ? !condition.value : undefined;
    }
    case "not":
      return valueAgainst(condition.of, path, !negated);
    case "all":
    case "any":
      // Several values at once are more than one attribute's.
      if (negated && condition.op === "all" && condition.of.length > 1) return undefined;
      return condition.of.map((inner) => valueAgainst(inner, path, negated)).find((value) => value !== undefined);
    case "some": {
      const list = namesIn(condition.path);
      if (list.some((name, position) => path[position] !== name)) return undefined;
      return valueAgainst(condition.where, path.slice(list.length), negated);
    }
    default:
      return undefined;
  }
}
