import type { Finding, Severity } from "@plumbline/contract/findings";

/** The order of the contract's `severities`, kept here so that a check starts without loading the contract's schemas. */
const rank: Readonly<Record<Severity, number>> = { critical: 0, high: 1, medium: 2, low: 3 };

/** True for a word that is a severity. */
export function isSeverity(value: unknown): value is Severity {
  return typeof value === "string" && Object.hasOwn(rank, value);
}

/** Worst first; inside one severity what fails before what is unknown, then by address, file, line and rule. */
export function compareFindings(left: Finding, right: Finding): number {
  return (
    rank[left.severity] - rank[right.severity] ||
    Number(left.outcome === "unknown") - Number(right.outcome === "unknown") ||
    compareText(left.address ?? "", right.address ?? "") ||
    compareText(left.place?.file ?? "", right.place?.file ?? "") ||
    (left.place?.line ?? 0) - (right.place?.line ?? 0) ||
    compareText(left.rule, right.rule) ||
    compareText(left.fingerprint, right.fingerprint)
  );
}

/** The worse of two; undefined counts as none. */
export function worse(left: Severity | undefined, right: Severity): Severity {
  return left !== undefined && rank[left] <= rank[right] ? left : right;
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
