import { z } from "zod";
import { Finding } from "./findings.ts";
import { ResourcePlace } from "./plan-view.ts";
import { RunError, RunKind, RunPhase } from "./run-status.ts";
import { LockedTool, OfferedTool, Platform, Sha256, ToolName, ToolVersion } from "./tools.ts";

/**
 * What runner and server say to each other. The runner sends `Authorization: Bearer <runner token>`; every call about a
 * run carries the run's epoch, and a call with an older one is answered with `lease_lost`.
 *
 *     POST /api/runner/claim                            ClaimRequest → 200 Job, or 204 after waitSeconds
 *     POST /api/runner/heartbeat                        HeartbeatRequest → HeartbeatResponse
 *     GET  /api/runner/runs/:runId/:epoch/input         tar (ustar/pax) of exactly job.input.entries
 *     GET  /api/runner/runs/:runId/:epoch/secrets/:phase  PhaseSecrets (plan, apply; audited; lease holder only)
 *     GET  /api/runner/runs/:runId/:epoch/plan-file     bytes of the approved plan (apply jobs in mode "saved")
 *     PUT  /api/runner/runs/:runId/:epoch/plan-file     bytes of the plan this run made
 *     PUT  /api/runner/runs/:runId/:epoch/plan-json     `show -json` of it
 *     GET  /api/runner/runs/:runId/:epoch/plan-json     the plan to be judged again (kind replay)
 *     POST /api/runner/runs/:runId/:epoch/planned       PlannedReport → PlannedAnswer
 *     POST /api/runner/runs/:runId/:epoch/judged        JudgedReport → 204 (kind replay)
 *     POST /api/runner/runs/:runId/:epoch/events        EventsReport → EventsAnswer
 *     PUT  /api/runner/runs/:runId/:epoch/errored-state bytes of a rescued errored.tfstate
 *     POST /api/runner/runs/:runId/:epoch/finish        FinishReport → 204
 *     GET/POST/LOCK/UNLOCK /api/runner/runs/:runId/:epoch/state   terraform's http backend
 *
 * All calls may be repeated: events carry a sequence number, uploads their hash, finish is idempotent.
 */

/** A runner asks for work. The server answers when there is some, at the latest after `waitSeconds`. */
export const ClaimRequest = z.object({
  /** How many more runs it can take now, at least 1. */
  free: z.int().positive(),
  capacity: z.int().positive(),
  waitSeconds: z.number().min(0).max(55),
  version: z.string().max(100),
  /** The engines it has, accepted or not. */
  engines: z.array(OfferedTool).max(200),
});
export type ClaimRequest = z.infer<typeof ClaimRequest>;

/** One file of a run's input. `mode` is Git's (100644, 100755); `blob` its object id. */
export const InputEntry = z.object({ path: z.string(), mode: z.string(), blob: z.string() });
export type InputEntry = z.infer<typeof InputEntry>;

/** The organization's policies, which judge every repository. Paths are those within the policy repository. */
export const OrganizationPolicies = z.object({
  repository: z.string(),
  policyConfiguration: z.string().nullable(),
  rego: z.array(z.object({ path: z.string(), text: z.string() })),
  regoTests: z.array(z.object({ path: z.string(), text: z.string() })).optional(),
});
export type OrganizationPolicies = z.infer<typeof OrganizationPolicies>;

/** What the rules need besides the plan; read from main, never from the change. */
export const CheckInput = z.object({
  environment: z.string(),
  layer: z.string(),
  environments: z.array(z.string()),
  /** Text of policies/plumbline-policy.yaml on main, where there is one. */
  policyConfiguration: z.string().nullable(),
  rego: z.array(z.object({ path: z.string(), text: z.string() })),
  /** Tests of those policies; given where the policies themselves are what is judged. */
  regoTests: z.array(z.object({ path: z.string(), text: z.string() })).optional(),
  /** What the organization's policy repository says on its main; left out where there is none. */
  organization: OrganizationPolicies.optional(),
  /**
   * tfvars of the component in all environments, for the rule on values that differ without a reason: whose they are, and
   * which are compared with each other (those of one `set`).
   */
  values: z.array(
    z.object({
      path: z.string(),
      text: z.string(),
      of: z.object({ environments: z.array(z.string()), set: z.string() }).optional(),
    }),
  ),
  /** Key of the fingerprints by which credentials in the code are told apart; the organization's own. */
  secretsKey: z.string(),
});
export type CheckInput = z.infer<typeof CheckInput>;

/** A run to be done. The lease lasts `leaseSeconds` from each heartbeat. */
export const Job = z.object({
  runId: z.uuid(),
  runNumber: z.int(),
  kind: RunKind,
  epoch: z.int().positive(),
  leaseSeconds: z.int().positive(),
  organization: z.string(),
  repository: z.string(),
  workspace: z.object({ id: z.uuid(), name: z.string(), component: z.string(), environment: z.string() }),
  /** `binary`: the only one that may run it; null where nothing is run (kind replay). */
  engine: z.object({
    name: ToolName,
    constraint: z.string(),
    binary: z.object({ version: ToolVersion, sha256: Sha256 }).nullable(),
  }),
  /** The tree is unpacked at /work; the engine runs in /work/<directory>. */
  directory: z.string(),
  input: z.object({ entries: z.array(InputEntry) }),
  /** tfvars files, paths from the tree's root, in the order they are given. */
  varFiles: z.array(z.string()),
  /** Plan for destroying everything the workspace holds. */
  destroy: z.boolean(),
  /** `read`: one numbered version, without a lock (plans, drift checks). `write`: an apply, under its lease. */
  state: z.enum(["read", "write"]),
  /** For kind apply: apply the saved bytes, or plan again and ask. */
  apply: z
    .object({
      mode: z.enum(["saved", "replan"]),
      planSha256: z.string().nullable(),
    })
    .nullable(),
  check: CheckInput,
  /** Seconds a phase may take before it is asked to stop. */
  limits: z.record(RunPhase, z.int().positive()),
});
export type Job = z.infer<typeof Job>;

/** Environment of one phase: credentials, sealed variables, TF_VAR_… inputs. Never written to disk or shown. */
export const PhaseSecrets = z.object({
  environment: z.record(z.string(), z.string()),
  /** Values to be masked in logs (a superset of what is secret in `environment`). */
  mask: z.array(z.string()),
});
export type PhaseSecrets = z.infer<typeof PhaseSecrets>;

/** Something that happened in a run; kept in the journal before it is reported. */
export const RunEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("phase_started"), sequence: z.int().positive(), at: z.iso.datetime(), phase: RunPhase }),
  z.object({
    type: z.literal("phase_finished"),
    sequence: z.int().positive(),
    at: z.iso.datetime(),
    phase: RunPhase,
    outcome: z.enum(["ok", "failed", "canceled", "skipped"]),
    /** One line for the stepper: "7 providers verified", "2 to add, 1 to change". */
    line: z.string().max(500),
    seconds: z.number().nonnegative(),
    cpuSeconds: z.number().nonnegative().optional(),
  }),
  z.object({
    type: z.literal("log"),
    sequence: z.int().positive(),
    at: z.iso.datetime(),
    phase: RunPhase,
    lines: z.array(z.string()),
  }),
  z.object({
    type: z.literal("engine"),
    sequence: z.int().positive(),
    at: z.iso.datetime(),
    phase: RunPhase,
    /** A line of the engine's -json stream, parsed, secrets masked. */
    event: z.record(z.string(), z.unknown()),
  }),
]);
export type RunEvent = z.infer<typeof RunEvent>;

export const EventsReport = z.object({ events: z.array(RunEvent).max(2000) });
export type EventsReport = z.infer<typeof EventsReport>;

/** `acknowledged` is the highest sequence stored; `cancel` asks for a graceful stop. */
export const EventsAnswer = z.object({ acknowledged: z.int().nonnegative(), cancel: z.boolean() });
export type EventsAnswer = z.infer<typeof EventsAnswer>;

export const HeartbeatRequest = z.object({
  capacity: z.int().nonnegative(),
  runs: z.array(z.object({ runId: z.uuid(), epoch: z.int().positive() })),
  /** Given where the runner fetches accepted binaries that it lacks: the platform it is. */
  fetches: Platform.optional(),
});
export type HeartbeatRequest = z.infer<typeof HeartbeatRequest>;

/** Per run: whether the lease still holds, and whether it should stop. `tools`: what may be fetched, where it was asked. */
export const HeartbeatResponse = z.object({
  runs: z.array(z.object({ runId: z.uuid(), lease: z.enum(["held", "lost"]), cancel: z.boolean() })),
  tools: z.array(LockedTool).optional(),
});
export type HeartbeatResponse = z.infer<typeof HeartbeatResponse>;

/** What the checks said. A failure to judge is a failure, never a pass. */
export const Judgement = z.object({
  findings: z.array(Finding),
  judged: z.object({ rules: z.int(), resources: z.int(), policies: z.int() }),
  failures: z.array(z.object({ message: z.string(), file: z.string().optional(), line: z.int().optional() })),
  /** Where each resource's block begins in the sources and its attributes are set, by address. */
  places: z.record(z.string(), ResourcePlace).optional(),
});
export type Judgement = z.infer<typeof Judgement>;

/** Plan file and plan JSON are uploaded before. */
export const PlannedReport = z.object({
  planSha256: z.string().nullable(),
  planJsonSha256: z.string(),
  engine: z.object({ name: z.enum(["terraform", "tofu"]), version: z.string(), sha256: z.string() }),
  /** From the lock file: provider source address → hashes. */
  providers: z.record(z.string(), z.array(z.string())),
  judgement: Judgement.nullable(),
  /** Backend, cloud and encryption blocks of the code that are out of force in the run, as file:line. */
  overridden: z.array(z.string()),
});
export type PlannedReport = z.infer<typeof PlannedReport>;

/** What a replay has found. */
export const JudgedReport = z.object({ judgement: Judgement });
export type JudgedReport = z.infer<typeof JudgedReport>;

/** `stop`: the run is done after planning. `apply`: go on with the plan just made. `hold`: stop; a person decides. */
export const PlannedAnswer = z.object({ decision: z.enum(["stop", "apply", "hold"]), digest: z.string() });
export type PlannedAnswer = z.infer<typeof PlannedAnswer>;

export const FinishReport = z.object({
  outcome: z.enum(["finished", "failed", "canceled", "held"]),
  error: RunError.nullable(),
});
export type FinishReport = z.infer<typeof FinishReport>;
