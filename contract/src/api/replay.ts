import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { Severity } from "../findings.ts";
import { Instant, NumberParam } from "./common.ts";

/** A finding that proposed policies would let stand differently. */
export const ReplayedFinding = z
  .object({
    workspace: z.string(),
    rule: z.string(),
    severity: Severity,
    title: z.string(),
    address: z.string().nullable(),
    file: z.string().nullable(),
    line: z.int().nullable(),
    owners: z.array(z.string()),
    /** What would become of it: it begins to block, blocks no more, or is reported until a day from which it blocks. */
    change: z.enum(["blocks", "passes", "reported"]),
    until: Instant.nullable(),
  })
  .meta({ id: "ReplayedFinding" });
export type ReplayedFinding = z.infer<typeof ReplayedFinding>;

/** The newest plan of a workspace, judged by the policies that a pull request proposes. */
export const ReplayedWorkspace = z
  .object({
    workspace: z.string(),
    environment: z.string(),
    /** The run whose plan it is, and whether that is what is applied; null where there is none. */
    run: z.int().nullable(),
    applied: z.boolean(),
    state: z.enum(["pending", "judged", "not_judged"]),
    /** Of what could not be judged: why. */
    detail: z.string().nullable(),
    /** Findings that block, and checks that could not judge: by main, and by what is proposed. */
    blockingBefore: z.int(),
    blockingAfter: z.int(),
  })
  .meta({ id: "ReplayedWorkspace" });
export type ReplayedWorkspace = z.infer<typeof ReplayedWorkspace>;

/** What a change of policies would do to every workspace's newest plan. */
export const Replay = z
  .object({
    /** none: it changes no policies. */
    state: z.enum(["none", "running", "done"]),
    workspaces: z.array(ReplayedWorkspace),
    findings: z.array(ReplayedFinding),
    /** The same by code owner, whom most would be blocked first; the empty name: nobody owns the file. */
    teams: z.array(z.object({ owner: z.string(), blocks: z.int(), passes: z.int(), reported: z.int() })),
  })
  .meta({ id: "Replay" });
export type Replay = z.infer<typeof Replay>;

export const getReplay = endpoint({
  id: "getReplay",
  method: "GET",
  path: "/api/v1/pull-requests/:number/replay",
  auth: "person",
  tag: "pull requests",
  summary:
    "What its change of policies would do to every workspace's newest plan: newly blocked, newly passing, per owner",
  params: NumberParam,
  response: Replay,
});
