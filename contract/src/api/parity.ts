import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { ClientQuery } from "./common.ts";
import { WorkspaceState } from "../workspace-status.ts";
import { Severity } from "../findings.ts";
import { ValueOrigin } from "./values.ts";

/**
 * What a difference between environments is. `same`: there is none. `explained`: it differs, and a reason stands beside
 * it. `follows`: it differs because something else does (code of another commit, how much was applied).
 * `unexplained`: a value differs and nobody wrote why. `forbidden`: it should not differ at all.
 */
export const parityVerdicts = ["same", "follows", "explained", "unexplained", "forbidden"] as const;
export const ParityVerdict = z.enum(parityVerdicts).meta({ id: "ParityVerdict" });
export type ParityVerdict = z.infer<typeof ParityVerdict>;

/** One thing in one environment. */
export const ParityCell = z
  .object({
    environment: z.string(),
    /** As it is shown: a value as written, a commit, "sealed, version 3"; null: it has none there. */
    text: z.string().nullable(),
    /** Where a value comes from; null for what is no value. */
    origin: ValueOrigin.nullable(),
    /** Whether this is a cell of which the row's verdict speaks: it has no reason, or stands out. */
    wanting: z.boolean(),
  })
  .meta({ id: "ParityCell" });
export type ParityCell = z.infer<typeof ParityCell>;

/** One thing that is compared between environments. */
export const ParityRow = z
  .object({
    kind: z.enum(["value", "code", "engine", "resources"]),
    /** The variable's name, or what else it is: "code", "engine version". */
    name: z.string(),
    verdict: ParityVerdict,
    /** One sentence: why it differs, or what is wrong with that. */
    sentence: z.string(),
    /** The rule that finds it; null where none does. */
    rule: z.string().nullable(),
    cells: z.array(ParityCell),
  })
  .meta({ id: "ParityRow" });
export type ParityRow = z.infer<typeof ParityRow>;

/** A component and how its environments differ. */
export const ComponentParity = z
  .object({
    component: z.string(),
    layer: z.string(),
    workspaces: z.array(
      z.object({
        environment: z.string(),
        name: z.string(),
        state: WorkspaceState,
        severity: Severity.nullable(),
      }),
    ),
    counts: z.record(ParityVerdict, z.int()),
    rows: z.array(ParityRow),
  })
  .meta({ id: "ComponentParity" });
export type ComponentParity = z.infer<typeof ComponentParity>;

export const getParity = endpoint({
  id: "getParity",
  method: "GET",
  path: "/api/v1/parity",
  auth: "person",
  tag: "workspaces",
  summary: "How the environments of a repository's components differ: values, code, engine, resources, and why",
  query: ClientQuery.extend({
    /** Without it: the organization's first. */
    repository: z.string().max(100).optional(),
    component: z.string().max(100).optional(),
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  }),
  response: z.object({
    repository: z.string(),
    /** Those the caller may read, in order of promotion. */
    environments: z.array(
      z.object({
        name: z.string(),
        pin: z.object({ ref: z.string(), label: z.string().nullable() }).nullable(),
      }),
    ),
    /** How many environments the caller may not read; they are not compared. */
    hidden: z.int(),
    components: z.array(ComponentParity),
    cursor: z.string().nullable(),
  }),
});
