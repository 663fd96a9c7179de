import { z } from "zod";

/** Instants travel as ISO 8601 in UTC. */
export const Instant = z.iso.datetime().meta({ id: "Instant" });

/** A person as others see him. */
export const PersonRef = z.object({ name: z.string(), displayName: z.string() }).meta({ id: "PersonRef" });
export type PersonRef = z.infer<typeof PersonRef>;

/** Whether the caller may do something now, and the reason where he may not. */
export const Can = z.object({ allowed: z.boolean(), reason: z.string().nullable() }).meta({ id: "Can" });
export type Can = z.infer<typeof Can>;

/** Counts of a plan. `outside`: changes made elsewhere that this plan would undo or has seen. */
export const PlanCounts = z
  .object({
    add: z.int(),
    change: z.int(),
    replace: z.int(),
    destroy: z.int(),
    import: z.int(),
    move: z.int(),
    forget: z.int(),
    outside: z.int(),
  })
  .meta({ id: "PlanCounts" });
export type PlanCounts = z.infer<typeof PlanCounts>;

/** One changed attribute, for people: `before` and `after` are display text, null where there is no value. */
export const PlanAttribute = z
  .object({
    path: z.string(),
    action: z.enum(["add", "change", "remove", "same"]),
    before: z.string().nullable(),
    after: z.string().nullable(),
    unknown: z.boolean(),
    sensitive: z.boolean(),
    forcesReplacement: z.boolean(),
  })
  .meta({ id: "PlanAttribute" });
export type PlanAttribute = z.infer<typeof PlanAttribute>;

/** One resource of a plan or of a drift: changed attributes only, never a sensitive value. */
export const PlanResource = z
  .object({
    address: z.string(),
    module: z.string(),
    type: z.string(),
    name: z.string(),
    action: z.enum(["create", "update", "replace", "delete", "read", "no-op", "forget"]),
    reason: z.string().nullable(),
    importing: z.string().nullable(),
    previousAddress: z.string().nullable(),
    deposed: z.string().nullable(),
    attributes: z.array(PlanAttribute),
    unchanged: z.int(),
    /** Where its block stands in the repository. */
    file: z.string().nullable(),
    line: z.int().nullable(),
  })
  .meta({ id: "PlanResource" });
export type PlanResource = z.infer<typeof PlanResource>;

/** The redacted plan. `truncated`: resources left out of `resources` because the plan is huge. */
export const PlanView = z
  .object({
    resources: z.array(PlanResource),
    outputs: z.array(PlanAttribute),
    outside: z.array(PlanResource),
    truncated: z.int(),
  })
  .meta({ id: "PlanView" });
export type PlanView = z.infer<typeof PlanView>;

/** Keyset paging: give `cursor` back to get the next page; null at the end. */
export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), cursor: z.string().nullable() });
export const PageQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const NumberParam = z.object({ number: z.coerce.number().int().positive() });
export const WorkspaceParam = z.object({ workspace: z.string().max(400) });
