import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { PlanCounts } from "../plan-view.ts";
import { RunStatus } from "../run-status.ts";
import { NumberParam } from "./common.ts";
import { ChangedFile } from "./pull-requests.ts";

/** The plan of a workspace in one patch set; `digest` and `counts` are null while there is none. */
export const PatchSetPlan = z
  .object({ run: z.int(), status: RunStatus, digest: z.string().nullable(), counts: PlanCounts.nullable() })
  .meta({ id: "PatchSetPlan" });
export type PatchSetPlan = z.infer<typeof PatchSetPlan>;

/**
 * A workspace in two patch sets. `added` and `removed`: only the later, only the earlier one affects it. `unknown`: one
 * of the two has no plan to compare.
 */
export const ComparedWorkspace = z
  .object({
    workspace: z.string(),
    change: z.enum(["same", "different", "added", "removed", "unknown"]),
    from: PatchSetPlan.nullable(),
    to: PatchSetPlan.nullable(),
  })
  .meta({ id: "ComparedWorkspace" });
export type ComparedWorkspace = z.infer<typeof ComparedWorkspace>;

/** What differs between two patch sets. `files`: those that either of them changes, from the one to the other. */
export const PatchSetComparison = z
  .object({
    from: z.int(),
    to: z.int(),
    /** Whether the two were planned against different commits of main. */
    otherBase: z.boolean(),
    workspaces: z.array(ComparedWorkspace),
    files: z.array(ChangedFile),
  })
  .meta({ id: "PatchSetComparison" });
export type PatchSetComparison = z.infer<typeof PatchSetComparison>;

export const comparePatchSets = endpoint({
  id: "comparePatchSets",
  method: "GET",
  path: "/api/v1/pull-requests/:number/comparison",
  auth: "person",
  tag: "pull requests",
  summary: "What differs between two patch sets: plans by digest and counts, files",
  params: NumberParam,
  query: z.object({ from: z.coerce.number().int().positive(), to: z.coerce.number().int().positive() }),
  response: PatchSetComparison,
});
