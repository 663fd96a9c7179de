import { z } from "zod";

/** How many resources a plan would touch, per kind of change. `outside`: changes made elsewhere that it found. */
export const PlanCounts = z
  .object({
    add: z.int().nonnegative(),
    change: z.int().nonnegative(),
    replace: z.int().nonnegative(),
    destroy: z.int().nonnegative(),
    import: z.int().nonnegative(),
    move: z.int().nonnegative(),
    forget: z.int().nonnegative(),
    outside: z.int().nonnegative(),
  })
  .meta({ id: "PlanCounts" });
export type PlanCounts = z.infer<typeof PlanCounts>;

/**
 * A value as people see it. `value`: as HCL writes it, texts in quotes, shortened where long. A sensitive value is never
 * in here; `unknown` is known only after apply; `absent` means not set.
 */
export const DisplayValue = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("value"), text: z.string(), shortened: z.boolean().optional() }),
    z.object({ kind: z.literal("unknown") }),
    z.object({ kind: z.literal("sensitive") }),
    z.object({ kind: z.literal("absent") }),
  ])
  .meta({ id: "DisplayValue" });
export type DisplayValue = z.infer<typeof DisplayValue>;

/** A changed attribute. `path` is written as in HCL: `ingress[0].cidr_blocks[1]`, `tags["a b"]`. */
export const AttributeView = z
  .object({
    path: z.string(),
    change: z.enum(["add", "change", "remove"]),
    before: DisplayValue,
    after: DisplayValue,
    /** Whether this attribute forces the replacement of its resource. */
    replaces: z.boolean(),
    /** The line that sets it, in the file where its resource's block begins; left out where none does. */
    line: z.int().positive().optional(),
    /** In a drift case: what the code would make of it; left out where the code leaves the live value. */
    code: DisplayValue.optional(),
  })
  .meta({ id: "AttributeView" });
export type AttributeView = z.infer<typeof AttributeView>;

/** What happens to a resource, in one word. */
export const ResourceAction = z
  .enum(["create", "update", "replace", "delete", "read", "forget", "import", "move", "none"])
  .meta({ id: "ResourceAction" });
export type ResourceAction = z.infer<typeof ResourceAction>;

/** Where a block begins in the repository; lines count from 1. */
export const BlockPlace = z.object({ file: z.string(), line: z.int().positive() }).meta({ id: "BlockPlace" });
export type BlockPlace = z.infer<typeof BlockPlace>;

/** Where a resource's block begins, and on which lines of that file its changed attributes are set, by path. */
export const ResourcePlace = BlockPlace.extend({
  lines: z.record(z.string(), z.int().positive()).optional(),
}).meta({ id: "ResourcePlace" });
export type ResourcePlace = z.infer<typeof ResourcePlace>;

/** One resource of a plan or of what changed outside. */
export const ResourceView = z
  .object({
    address: z.string(),
    module: z.string().optional(),
    mode: z.enum(["managed", "data"]),
    type: z.string(),
    name: z.string(),
    action: ResourceAction,
    /** As the engine says it, for example `["delete", "create"]`. */
    actions: z.array(z.string()),
    replacePaths: z.array(z.string()),
    /** The engine's `action_reason`. */
    reason: z.string().optional(),
    importing: z.boolean(),
    previousAddress: z.string().optional(),
    deposed: z.string().optional(),
    /** Where its block begins; left out where it has none, or nothing was judged. */
    place: BlockPlace.optional(),
    attributes: z.array(AttributeView),
    /** How many attributes stay as they are. */
    unchanged: z.int().nonnegative(),
    /** How many changed attributes are left out because of the size limit. */
    hidden: z.int().nonnegative(),
  })
  .meta({ id: "ResourceView" });
export type ResourceView = z.infer<typeof ResourceView>;

/** A changed output value. */
export const OutputView = z
  .object({
    name: z.string(),
    change: z.enum(["add", "change", "remove"]),
    before: DisplayValue,
    after: DisplayValue,
  })
  .meta({ id: "OutputView" });
export type OutputView = z.infer<typeof OutputView>;

/** A plan for pages and comments, sensitive values taken out. Sorted by address. */
export const PlanView = z
  .object({
    version: z.literal(1),
    engineVersion: z.string(),
    counts: PlanCounts,
    /** Whether applying it would change anything. */
    changes: z.boolean(),
    /** False where the engine deferred a part of it. */
    complete: z.boolean(),
    errored: z.boolean(),
    resources: z.array(ResourceView),
    outputs: z.array(OutputView),
    /** What was changed outside since the last run. */
    outside: z.array(ResourceView),
    /** How many entries are left out because of the size limit. */
    hidden: z.object({
      resources: z.int().nonnegative(),
      outputs: z.int().nonnegative(),
      outside: z.int().nonnegative(),
    }),
  })
  .meta({ id: "PlanView" });
export type PlanView = z.infer<typeof PlanView>;
