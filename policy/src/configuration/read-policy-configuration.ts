import { isMap } from "yaml";
import type { YAMLMap } from "yaml";
import { isSeverity } from "../judging/severity.ts";
import { ruleIds as allRuleIds } from "../rules/rule-ids.gen.ts";
import { defaultPolicyConfiguration } from "./policy-configuration.ts";
import type { PolicyConfiguration, PolicyScope } from "./policy-configuration.ts";
import { readScanners } from "./read-scanners.ts";
import { readParameters } from "./read-parameters.ts";
import { readBaselineDays, readMaxDays, readWaiverDays } from "./read-days.ts";
import { readBlock, readRules } from "./read-rules.ts";
import { parseYaml } from "./parse-yaml.ts";
import { checkKeys, entriesOf, offsetOf, scalarOf } from "./yaml-nodes.ts";
import type { Report } from "./yaml-nodes.ts";

/** Something wrong in a policy file; lines and columns count from 1. */
export interface ConfigurationProblem {
  message: string;
  file: string;
  line: number;
  column?: number;
}

const scopeKeys = ["rules", "parameters", "block", "baseline"];
export const topKeys = ["version", ...scopeKeys, "environments", "layers", "waivers", "rego", "scanners"];

/** Rego gets at least this long, at most this long, in milliseconds. */
const regoLimits = { least: 100, most: 60_000 };

/**
 * Reads `policies/plumbline-policy.yaml`. Wrong parts are reported and left out, so that all mistakes are told at once;
 * a configuration with problems must not be used to let anything pass. `ruleIds` are the rules that exist.
 */
export function readPolicyConfiguration(
  text: string,
  file: string,
  ruleIds: ReadonlySet<string> = allRuleIds,
): { configuration: PolicyConfiguration; problems: ConfigurationProblem[] } {
  const { document, lines, errors } = parseYaml(text);
  const problems: ConfigurationProblem[] = [];
  const at = (offset: number, message: string): void => {
    const { line, col } = lines.linePos(offset);
    problems.push({ message, file, line: Math.max(1, line), column: Math.max(1, col) });
  };
  for (const { offset, message } of errors) at(offset, message);
  if (problems.length > 0) return { configuration: defaultPolicyConfiguration, problems };
  const report: Report = (node, message) => at(offsetOf(node), message);
  if (document.contents === null) return { configuration: defaultPolicyConfiguration, problems };
  if (!isMap(document.contents)) {
    report(document.contents, "The file is a map with the keys " + topKeys.join(", ") + ".");
    return { configuration: defaultPolicyConfiguration, problems };
  }
  return { configuration: readTop(document.contents, ruleIds, report), problems };
}

function readTop(map: YAMLMap, ruleIds: ReadonlySet<string>, report: Report): PolicyConfiguration {
  checkKeys(map, topKeys, report);
  const version = map.get("version", true);
  if (scalarOf(version) !== 1) report(version ?? map, "version must be 1.");
  const baselineMaxDays = readMaxDays(map.get("baseline", true), defaultPolicyConfiguration.baselineMaxDays);
  return {
    version: 1,
    ...readScope(map, ruleIds, report, baselineMaxDays, true),
    environments: readScopes(map.get("environments", true), "environments", ruleIds, report, baselineMaxDays),
    layers: readScopes(map.get("layers", true), "layers", ruleIds, report, baselineMaxDays),
    baselineMaxDays,
    waiverMaxDays: readWaiverDays(map.get("waivers", true), report),
    rego: { timeoutMs: readTimeout(map.get("rego", true), report) },
    scanners: readScanners(map.get("scanners", true), report),
  };
}

/** `maxDays`: the most that its baseline may say; the scope of the whole file may say that number too. */
function readScope(
  map: YAMLMap,
  ruleIds: ReadonlySet<string>,
  report: Report,
  maxDays: number,
  isTop: boolean,
): PolicyScope {
  const baselineDays = readBaselineDays(map.get("baseline", true), report, maxDays, isTop);
  const { severities, old } = readBlock(map.get("block", true), report);
  return {
    rules: readRules(map.get("rules", true), ruleIds, report),
    parameters: readParameters(map.get("parameters", true), report),
    block: severities.filter(isSeverity),
    ...(old ? { blockOld: true } : {}),
    ...(baselineDays === undefined ? {} : { baselineDays }),
  };
}

function readScopes(
  node: unknown,
  name: string,
  ruleIds: ReadonlySet<string>,
  report: Report,
  maxDays: number,
): Record<string, PolicyScope> {
  const scopes: Record<string, PolicyScope> = {};
  for (const [key, value, keyNode] of entriesOf(node, name, report)) {
    if (!isMap(value)) {
      report(value ?? keyNode, `${name}.${key} must be a map with ${scopeKeys.join(", ")}.`);
      continue;
    }
    checkKeys(value, scopeKeys, report);
    scopes[key] = readScope(value, ruleIds, report, maxDays, false);
  }
  return scopes;
}

/** `timeout: 2s` or `500ms`. */
function readTimeout(node: unknown, report: Report): number {
  let timeout = defaultPolicyConfiguration.rego.timeoutMs;
  for (const [key, value, keyNode] of entriesOf(node, "rego", report)) {
    if (key !== "timeout") {
      report(keyNode, `Unknown key ${JSON.stringify(key)}; rego has timeout.`);
      continue;
    }
    const found = /^(\d+)(ms|s)$/.exec(String(scalarOf(value)));
    const milliseconds = found ? Number(found[1]) * (found[2] === "s" ? 1000 : 1) : Number.NaN;
    if (milliseconds >= regoLimits.least && milliseconds <= regoLimits.most) timeout = milliseconds;
    else report(value ?? keyNode, "rego.timeout is a time from 100ms to 60s, such as 2s.");
  }
  return timeout;
}
