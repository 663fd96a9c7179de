import { matchesEnvironment } from "../configuration/effective-policy.ts";
import { matchesPattern } from "../configuration/matches-pattern.ts";

/** A standing exception, one entry of `policies/waivers.yaml`. */
export interface Waiver {
  /** Rule id, or a pattern with `*`. */
  rule: string;
  /** Resource address, or a pattern with `*`; for findings in files, the file's path. */
  address: string;
  /** Environment, or a pattern as in the policy file. */
  environment: string;
  reason: string;
  /** Who answers for it, as CODEOWNERS names people. */
  owner: string;
  ticket: string;
  /** The last day on which it counts, `2027-03-01`. */
  expires: string;
  /** Its line in the file, from 1. */
  line: number;
}

/** What a waiver is compared with. */
export interface Waivable {
  rule: string;
  address?: string | undefined;
  place?: { file: string } | undefined;
}

const day = 86_400_000;

/** What tells one waiver from every other in the file: whom it is for and how long may change. */
export function waiverKey({ rule, address, environment }: Pick<Waiver, "rule" | "address" | "environment">): string {
  return JSON.stringify([rule, address, environment]);
}

/** The moment from which a waiver counts no more: the end of its last day in UTC. */
export function waiverEnd({ expires }: Pick<Waiver, "expires">): Date {
  return new Date(Date.parse(`${expires}T00:00:00Z`) + day);
}

/** Whether a waiver is about this finding in this environment, expired or not. */
export function covers(waiver: Waiver, finding: Waivable, environment: string): boolean {
  return (
    matchesPattern(waiver.rule, finding.rule) &&
    matchesEnvironment(waiver.environment, environment) &&
    matchesPattern(waiver.address, finding.address ?? finding.place?.file ?? "")
  );
}
