import { z } from "zod";

/** How much a finding matters, worst first. */
export const severities = ["critical", "high", "medium", "low"] as const;
export const Severity = z.enum(severities).meta({ id: "Severity" });
export type Severity = z.infer<typeof Severity>;

/** Severities that block a pull request unless an environment is stricter. */
export const blockingByDefault: readonly Severity[] = ["critical", "high"];

/** Negative when `left` is worse than `right`; for sorting worst first. */
export function compareSeverity(left: Severity, right: Severity): number {
  return severities.indexOf(left) - severities.indexOf(right);
}

/** A place in a file of the repository. Lines and columns count from 1; `text` is that line without its indentation. */
export const SourcePlace = z
  .object({
    file: z.string(),
    line: z.int().positive(),
    column: z.int().positive().optional(),
    endLine: z.int().positive().optional(),
    text: z.string().optional(),
  })
  .meta({ id: "SourcePlace" });
export type SourcePlace = z.infer<typeof SourcePlace>;

/** Lines of a file, `endLine` included: as they are, and those that mend them; none take them away. */
export const Patch = z
  .object({
    file: z.string(),
    startLine: z.int().positive(),
    endLine: z.int().positive(),
    before: z.array(z.string()),
    lines: z.array(z.string()),
  })
  .meta({ id: "Patch" });
export type Patch = z.infer<typeof Patch>;

/** A waiver as a finding shows it; `expires` is its last day. */
export const FindingWaiver = z
  .object({
    rule: z.string(),
    address: z.string(),
    environment: z.string(),
    reason: z.string(),
    owner: z.string(),
    ticket: z.string(),
    expires: z.iso.date(),
    /** Its line in policies/waivers.yaml. */
    line: z.int().positive(),
  })
  .meta({ id: "FindingWaiver" });
export type FindingWaiver = z.infer<typeof FindingWaiver>;

/**
 * How a finding stands with the gate.
 *
 * - new: what is applied does not have it
 * - touched: it was there, and the change touches the value or the line
 * - baseline: it was there before and is not touched; reported, and blocks from `until` on
 * - overdue: the same, its time is over
 * - waived: a waiver of main covers it, until `until`
 * - expired-waiver: the waiver that covered it has expired
 */
export const standingKinds = ["new", "touched", "baseline", "overdue", "waived", "expired-waiver"] as const;
export const FindingStanding = z
  .object({
    kind: z.enum(standingKinds),
    /** Whether it stops the change. */
    blocks: z.boolean(),
    /** Whether the change touches it, whatever its kind. */
    touched: z.boolean(),
    /** When it blocks from, where it does not yet. */
    until: z.iso.datetime().optional(),
    waiver: FindingWaiver.optional(),
  })
  .meta({ id: "FindingStanding" });
export type FindingStanding = z.infer<typeof FindingStanding>;

/**
 * What a check found. `outcome: "unknown"` means a value is known only after apply: it never blocks and is never
 * silent. `fingerprint` is stable over pushes: the same rule at the same address and attribute gives the same one.
 */
export const Finding = z
  .object({
    fingerprint: z.string(),
    rule: z.string(),
    severity: Severity,
    category: z.string(),
    title: z.string(),
    why: z.string(),
    fix: z.string(),
    outcome: z.enum(["fail", "unknown"]),
    address: z.string().optional(),
    attribute: z.string().optional(),
    /** Where the attribute stands, or its block where it is missing. */
    place: SourcePlace.optional(),
    /** From the attribute to the literal that causes it, the cause last. */
    chain: z.array(SourcePlace),
    /** Who found it: "plumbline", "rego", a scanner's name. */
    source: z.string(),
    /** Where the outcome is `unknown` and the plan was applied: what the values said that there were then. */
    applied: z.enum(["failed", "passed"]).optional(),
    /** Everybody who found it, where scanners looked, too. */
    seenBy: z.array(z.string()).optional(),
    controls: z.array(z.string()),
    /** What mends it, where that is mechanical. */
    patch: Patch.optional(),
    /** How it stands with the gate; the server adds this and the next two. */
    standing: FindingStanding.optional(),
    /** Code owners on main of the file it stands in. */
    owners: z.array(z.string()).optional(),
    /** When what is applied had it first. */
    firstSeenAt: z.iso.datetime().optional(),
  })
  .meta({ id: "Finding" });
export type Finding = z.infer<typeof Finding>;

/** What is said of a finding that the plan could not tell: that it will be judged, or how it was; undefined of others. */
export function afterApply({ outcome, applied }: Pick<Finding, "outcome" | "applied">): string | undefined {
  if (outcome !== "unknown") return undefined;
  if (applied === undefined) return "unknown, will be judged after apply";
  return applied === "failed" ? "judged after apply: it fails" : "judged after apply: it passes";
}
