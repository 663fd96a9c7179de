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
    controls: z.array(z.string()),
  })
  .meta({ id: "Finding" });
export type Finding = z.infer<typeof Finding>;
