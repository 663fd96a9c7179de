import { compareSeverity } from "@plumbline/contract/findings";
import type { Finding } from "@plumbline/contract/findings";

/**
 * Where there are no sources, a block that the plan shows as known only after apply may be one that nobody wrote, or one
 * that a `dynamic` makes: every rule about it says "unknown". One of them, the most severe, is enough to say so; nothing
 * that fails is left out.
 */
export function unknownOnce(findings: readonly Finding[]): Finding[] {
  const worst = new Map<string, Finding>();
  for (const finding of findings) {
    const key = blockOf(finding);
    const before = key === undefined ? undefined : worst.get(key);
    if (key !== undefined && (before === undefined || compareSeverity(finding.severity, before.severity) < 0))
      worst.set(key, finding);
  }
  return findings.filter((finding) => {
    const key = blockOf(finding);
    return key === undefined || worst.get(key) === finding;
  });
}

/** The resource and the block or attribute that is not known; undefined for what is known. */
function blockOf({ outcome, address, attribute }: Finding): string | undefined {
  if (outcome !== "unknown" || address === undefined || attribute === undefined) return undefined;
  return JSON.stringify([address, attribute.split(/[.[]/, 1)[0]]);
}
