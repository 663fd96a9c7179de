import type { Severity } from "@plumbline/contract/findings";
import categories from "./checkov-categories.json" with { type: "json" };
import type { ScannerFinding } from "./scanner.ts";

/**
 * How much a check matters that comes without a severity and for which we have no rule, by the category that its scanner
 * puts it into. Nothing but a secret in the code blocks by that alone: a category says little about one check.
 */
const severityOfCategory: Readonly<Record<string, Severity>> = {
  SECRETS: "high",
  ENCRYPTION: "medium",
  IAM: "medium",
  NETWORKING: "medium",
  KUBERNETES: "medium",
  APPLICATION_SECURITY: "medium",
  SUPPLY_CHAIN: "medium",
  GENERAL_SECURITY: "low",
  LOGGING: "low",
  BACKUP_AND_RECOVERY: "low",
  CONVENTION: "low",
};

const unknown = "medium";

/** The severity of a finding that has no topic of ours: the scanner's own, else the table's. */
export function severityOfCheck({ severity, rule }: Pick<ScannerFinding, "severity" | "rule">): Severity {
  return severity ?? severityOfCategory[categoryOf(rule) ?? ""] ?? unknown;
}

/** `CKV_AWS_20` → the category under whose numbers for `CKV_AWS` the 20 stands. */
export function categoryOf(rule: string): string | undefined {
  const [, group = "", number = ""] = /^(CKV2?_[A-Z]+\d*[A-Z]*)_(\d+)$/.exec(rule) ?? [];
  const entry = Object.entries(categories).find(([, groups]) => numbersIn(groups, group).includes(Number(number)));
  return entry?.[0];
}

function numbersIn(groups: Readonly<Record<string, readonly number[]>>, group: string): readonly number[] {
  return Object.hasOwn(groups, group) ? (groups[group] ?? []) : [];
}
