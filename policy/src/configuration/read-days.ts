import { isMap } from "yaml";
import { defaultPolicyConfiguration } from "./policy-configuration.ts";
import { entriesOf, scalarOf } from "./yaml-nodes.ts";
import type { Report } from "./yaml-nodes.ts";

/** Ten years: more than anybody means. */
const mostDays = 3_650;

/** `baseline: { days: 90 }`. Undefined where it says nothing usable; `isTop`: `max_days` may stand here. */
export function readBaselineDays(node: unknown, report: Report, maxDays: number, isTop: boolean): number | undefined {
  let days: number | undefined;
  for (const [key, value, keyNode] of entriesOf(node, "baseline", report)) {
    if (key === "days") {
      const said = daysOf(value, 0);
      if (said === undefined) report(value ?? keyNode, "baseline.days is a whole number of days.");
      else if (said > maxDays)
        report(value ?? keyNode, `baseline.days is ${said}; baseline.max_days of the whole file allows ${maxDays}.`);
      else days = said;
    } else if (key === "max_days" && isTop) {
      if (daysOf(value, 0) === undefined) report(value ?? keyNode, "baseline.max_days is a whole number of days.");
    } else
      report(
        keyNode,
        `Unknown key ${JSON.stringify(key)}; baseline has days${isTop ? " and max_days" : ", and max_days for the whole file only"}.`,
      );
  }
  return days;
}

/** `baseline: { max_days: 180 }` of the whole file; mistakes are reported by `readBaselineDays`. */
export function readMaxDays(node: unknown, otherwise: number): number {
  return isMap(node) ? (daysOf(node.get("max_days", true), 0) ?? otherwise) : otherwise;
}

/** `waivers: { max_days: 180 }`. */
export function readWaiverDays(node: unknown, report: Report): number {
  let days = defaultPolicyConfiguration.waiverMaxDays;
  for (const [key, value, keyNode] of entriesOf(node, "waivers", report)) {
    const said = daysOf(value, 1);
    if (key !== "max_days") report(keyNode, `Unknown key ${JSON.stringify(key)}; waivers has max_days.`);
    else if (said === undefined) report(value ?? keyNode, "waivers.max_days is a whole number of days, at least 1.");
    else days = said;
  }
  return days;
}

function daysOf(node: unknown, least: number): number | undefined {
  const value = scalarOf(node);
  return typeof value === "number" && Number.isInteger(value) && value >= least && value <= mostDays
    ? value
    : undefined;
}
