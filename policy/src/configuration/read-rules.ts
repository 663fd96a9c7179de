import { isMap } from "yaml";
import type { Severity } from "@plumbline/contract/findings";
import { isSeverity } from "../judging/severity.ts";
import type { RuleSwitch } from "./policy-configuration.ts";
import { entriesOf, scalarOf, stringsOf } from "./yaml-nodes.ts";
import type { Report } from "./yaml-nodes.ts";

/** `rules:` rule id → `on`, `off`, a severity, or `{ enabled, severity }`. */
export function readRules(node: unknown, ruleIds: ReadonlySet<string>, report: Report): Record<string, RuleSwitch> {
  const rules: Record<string, RuleSwitch> = {};
  for (const [id, value, keyNode] of entriesOf(node, "rules", report)) {
    if (!ruleIds.has(id)) {
      report(keyNode, `There is no rule ${JSON.stringify(id)}.${suggestion(id, ruleIds)}`);
      continue;
    }
    const read = readSwitch(value);
    if (read) rules[id] = read;
    else
      report(
        value ?? keyNode,
        `rules.${id} must be on, off, a severity (critical, high, medium, low), or { enabled: true, severity: high }.`,
      );
  }
  return rules;
}

function readSwitch(node: unknown): RuleSwitch | undefined {
  const word = scalarOf(node);
  if (word === "on" || word === true) return { enabled: true };
  if (word === "off" || word === false) return { enabled: false };
  if (isSeverity(word)) return { enabled: true, severity: word };
  if (!isMap(node)) return undefined;
  const known = node.items.every((pair) => ["enabled", "severity"].includes(String(scalarOf(pair.key))));
  const enabled = node.has("enabled") ? node.get("enabled") : true;
  const severity = node.has("severity") ? node.get("severity") : undefined;
  if (!known || typeof enabled !== "boolean" || (severity !== undefined && !isSeverity(severity))) return undefined;
  return { enabled, ...(severity === undefined ? {} : { severity }) };
}

/**
 * `block:` severities that block beside critical and high, which always do, named or not. `all`, alone or in the list:
 * findings that were there before block at once, too.
 */
export function readBlock(node: unknown, report: Report): { severities: Severity[]; old: boolean } {
  if (node === undefined) return { severities: [], old: false };
  if (scalarOf(node) === "all") return { severities: [], old: true };
  const severities: Severity[] = [];
  let old = false;
  for (const { value, node: item } of stringsOf(node, "block", report)) {
    if (isSeverity(value)) severities.push(value);
    else if (value === "all") old = true;
    else report(item, `${JSON.stringify(value)} is no severity: critical, high, medium, low; or all.`);
  }
  return { severities, old };
}

function suggestion(id: string, ruleIds: ReadonlySet<string>): string {
  const words = new Set(id.split("-"));
  const scored = [...ruleIds].map((known) => ({
    known,
    common: known.split("-").filter((word) => words.has(word)).length,
  }));
  const best = scored.sort((left, right) => right.common - left.common)[0];
  return best && best.common >= 2 ? ` Did you mean ${best.known}?` : "";
}
