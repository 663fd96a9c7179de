import type { Finding, FindingStanding, FindingWaiver } from "@plumbline/contract/findings";
import type { EffectivePolicy } from "../configuration/effective-policy.ts";
import { lintRules } from "../lint/lint-rules.ts";
import { covers, waiverEnd } from "./waiver.ts";
import type { Waiver } from "./waiver.ts";

/** What is applied had this finding already. */
export interface KnownFinding {
  firstSeenAt: Date;
  /** When it begins to block; null where that was not set yet, since it did not matter enough. */
  dueAt: Date | null;
}

/** Everything by which one finding is weighed. */
export interface StandingInput {
  finding: Pick<Finding, "rule" | "severity" | "outcome" | "address" | "place">;
  /** Undefined where what is applied does not have it. */
  known: KnownFinding | undefined;
  /** Main's, never the change's. */
  waivers: readonly Waiver[];
  /** Whether the change touches its value or its line. */
  touched: boolean;
  environment: string;
  /** Main's, for the environment and layer. */
  policy: Pick<EffectivePolicy, "block" | "blockOld" | "baselineDays">;
  now: Date;
}

const day = 86_400_000;

/**
 * How a finding stands with the gate. New and touched ones of a blocking severity block; one that was there before does
 * from its date on; a waiver of main lets it pass until it expires. Undefined where its outcome is not known yet.
 */
export function standingOf(input: StandingInput): FindingStanding | undefined {
  const { finding, known, touched, policy, now } = input;
  if (finding.outcome !== "fail") return undefined;
  const severe = policy.block.has(finding.severity);
  if (isNeverLetBy(finding)) return { kind: known === undefined ? "new" : "touched", touched, blocks: severe };
  const { active, expired } = waiversOf(input);
  if (active !== undefined)
    return { kind: "waived", touched, blocks: false, until: waiverEnd(active).toISOString(), waiver: shown(active) };
  if (expired !== undefined && severe) return { kind: "expired-waiver", touched, blocks: true, waiver: shown(expired) };
  if (known === undefined) return { kind: "new", touched, blocks: severe };
  if (touched) return { kind: "touched", touched, blocks: severe };
  if (!severe) return { kind: "baseline", touched, blocks: false };
  if (policy.blockOld) return { kind: "baseline", touched, blocks: true };
  const dueAt = known.dueAt ?? dueFrom(now, policy);
  return dueAt <= now
    ? { kind: "overdue", touched, blocks: true, until: dueAt.toISOString() }
    : { kind: "baseline", touched, blocks: false, until: dueAt.toISOString() };
}

/** When something that is seen first now begins to block. */
export function dueFrom(now: Date, policy: Pick<EffectivePolicy, "baselineDays">): Date {
  return new Date(now.getTime() + policy.baselineDays * day);
}

/** A file that cannot be read would hide everything else: it is never old, and nobody waives it. */
function isNeverLetBy({ rule }: Pick<Finding, "rule">): boolean {
  return rule === lintRules.syntax.id;
}

/** Of those that cover it: the one that lasts longest, and where none counts any more, the one that expired last. */
function waiversOf({ finding, waivers, environment, now }: StandingInput): { active?: Waiver; expired?: Waiver } {
  const [longest] = waivers
    .filter((waiver) => covers(waiver, finding, environment))
    .toSorted((left, right) => (left.expires < right.expires ? 1 : -1));
  if (longest === undefined) return {};
  return waiverEnd(longest) > now ? { active: longest } : { expired: longest };
}

function shown({ rule, address, environment, reason, owner, ticket, expires, line }: Waiver): FindingWaiver {
  return { rule, address, environment, reason, owner, ticket, expires, line };
}
