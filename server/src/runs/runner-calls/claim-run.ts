import { isDeepStrictEqual } from "node:util";
import type { CheckInput, ClaimRequest, Job, OfferedTool } from "@plumbline/contract";
import { Problem, problem } from "@plumbline/contract";
import type { Tx } from "../../platform/database/pools.ts";
import type { RunnerIdentity } from "../../runners/runner.ts";
import { expressionsOf } from "../../access/environment-expressions.ts";
import { activeRunner, touchRunner } from "../../runners/runner-queries.ts";
import { judgedUnder, policiesDigest } from "../../repositories/policies-digest.ts";
import { grantLease } from "../../states/lease.ts";
import { versionToPlan } from "../../states/proposed-state.ts";
import { isStillGood } from "../queue/approved-plan.ts";
import { checkInputOf } from "./check-input.ts";
import { askForDecision } from "./decide-apply.ts";
import { collectInputs } from "../collect-inputs.ts";
import { inputsDigest, repositoriesOf, sealInputs } from "../inputs.ts";
import { announce } from "../../platform/live.ts";
import { nextQueued, queuedEngines } from "../queue/queue-store.ts";
import { releaseRuns } from "../queue/release-runs.ts";
import { touchesResources } from "../run.ts";
import type { RunRecord } from "../run.ts";
import { announceRuns, tellOfRun } from "../tell-of-run.ts";
import { changeRun, lockQueue, lockRun, moveRun, runById } from "../run-store.ts";
import type { RunChanges } from "../run-store.ts";
import type { RunsContext, RunWorkspaceInput } from "../runs-context.ts";
import { engineIsFor, toolForRun, usableTools } from "./tool-for-run.ts";
import type { UsableTools } from "./tool-for-run.ts";

/** Answers the next run for this runner; waits for one, at most as long as it asked. Undefined where none came. */
export async function claimRun(
  context: RunsContext,
  runner: RunnerIdentity,
  request: ClaimRequest,
  signal: AbortSignal,
): Promise<Job | undefined> {
  const until = Date.now() + request.waitSeconds * 1_000;
  for (;;) {
    const bell = context.bell.expect(runner.organizationId);
    try {
      const job = await tryClaim(context, runner, request);
      if (job !== undefined) return job;
      const left = until - Date.now();
      const over = () => signal.aborted || context.bell.closing.aborted;
      if (left <= 0 || over()) return undefined;
      await bell.wait(left, signal);
      if (over()) return undefined;
    } finally {
      bell.end();
    }
  }
}

/** What a job holds that is read from the repository, outside any transaction. */
interface Reading {
  input: RunWorkspaceInput;
  check: CheckInput;
}

async function tryClaim(context: RunsContext, runner: RunnerIdentity, request: ClaimRequest): Promise<Job | undefined> {
  const { organizationId } = runner;
  const registered = await context.db.transaction(organizationId, (tx) => heardOf(tx, context, runner, request));
  const patterns = expressionsOf(registered.environments);
  for (;;) {
    const { candidate, tools, others } = await context.db.transaction(organizationId, async (tx) => {
      const tools = await usableTools(tx, request.engines);
      const others = (await queuedEngines(tx, patterns)).filter((engine) => !engineIsFor(tools, engine));
      return { tools, others, candidate: await nextQueued(tx, patterns, others) };
    });
    if (candidate === undefined) return undefined;
    const reading = await readRepository(context, candidate).catch(refusal);
    const job = await context.db.transaction(organizationId, async (tx) => {
      if (reading instanceof Problem) await lockQueue(tx, organizationId);
      const run = await nextQueued(tx, patterns, others, candidate.id);
      if (run === undefined) return undefined; // another runner was faster
      if (reading instanceof Problem) return failUnstarted(tx, context, run, reading);
      return grant(tx, context, runner, run, reading, tools);
    });
    if (job instanceof Problem)
      await context.db.transaction(organizationId, (tx) => failById(tx, context, candidate.id, job));
    else if (job !== undefined) return job;
  }
}

async function heardOf(tx: Tx, context: RunsContext, runner: RunnerIdentity, request: ClaimRequest) {
  const registered = await activeRunner(tx, runner.id);
  if (registered === undefined) throw problem("not_signed_in", "This runner was revoked.");
  const { capacity, version, engines } = request;
  const hashes = (all: readonly OfferedTool[]) => all.map(({ sha256 }) => sha256).toSorted();
  const isNews = !isDeepStrictEqual(hashes(engines), hashes(registered.engines));
  if (isNews) await lockQueue(tx, runner.organizationId);
  await touchRunner(tx, runner.id, { at: context.clock.now(), capacity, version, engines });
  if (isNews) {
    await announce(tx, runner.organizationId, ["runners"]);
    await releaseRuns(tx, context, runner.organizationId);
  }
  return registered;
}

async function readRepository(context: RunsContext, run: RunRecord): Promise<Reading> {
  const [input, check] = await Promise.all([
    context.repositories.readWorkspaceInput({
      organizationId: run.organizationId,
      repositoryId: run.workspace.repositoryId,
      codeCommit: run.codeCommit,
      valuesCommit: run.valuesCommit,
      component: run.workspace.component,
      environment: run.workspace.environment,
    }),
    checkInputOf(context, run),
  ]);
  return { input, check };
}

/** What is wrong with what was asked for fails the run; what is wrong with us is thrown. */
function refusal(error: unknown): Problem {
  if (error instanceof Problem && error.status < 500) return error;
  throw error;
}

/**
 * Gives the run to the runner: a new epoch, a lease, and for an apply the right to write the state. Answers a problem,
 * with nothing changed, where the run cannot be given out.
 */
async function grant(
  tx: Tx,
  context: RunsContext,
  runner: RunnerIdentity,
  run: RunRecord,
  { input, check }: Reading,
  tools: UsableTools,
): Promise<Job | Problem | undefined> {
  const { workspace } = run;
  const usual = run.kind === "replay" ? null : await toolForRun(tx, tools, run, input.engine);
  if (usual instanceof Problem) return usual;
  const now = context.clock.now();
  const policies = judgedUnder(policiesDigest(check), check);
  const basis =
    run.kind === "apply"
      ? await basisOfApply(tx, context, run, { input, policies, engines: new Set(tools.brought.keys()) })
      : { inputs: {}, apply: null };
  if (basis instanceof Problem) return basis;
  const { inputs, apply } = basis;
  // What was approved was made by a binary that is still accepted: the same one applies it.
  const tool = (apply?.mode === "saved" ? tools.brought.get(run.planned?.engineSha256 ?? "") : undefined) ?? usual;
  if (tool === null && run.kind !== "replay") {
    await changeRun(tx, run.id, { engine_name: input.engine.name, engine_constraint: input.engine.constraint });
    return undefined; // a runner that has it takes it
  }
  const epoch =
    run.kind === "apply"
      ? await grantLease(tx, { organizationId: run.organizationId, workspaceId: workspace.id, runId: run.id, at: now })
      : run.epoch + 1;
  if (epoch === undefined) throw new Error(`the state of ${workspace.name} is leased, yet its apply was queued`);
  const running = await moveRun(tx, run, "running", {
    ...inputs,
    epoch,
    reason: null,
    runner_id: runner.id,
    claimed_at: now,
    started_at: run.startedAt ?? now,
    lease_expires_at: new Date(now.getTime() + context.settings.leaseSeconds * 1_000),
    apply_started_at: null,
    cancel_requested_at: null,
    event_sequence: 0,
    phase: null,
    error: null,
    decision: apply?.mode === "saved" ? "apply" : null,
    input_tree: input.inputTree,
    policies_digest: policies,
    engine_name: input.engine.name,
    engine_constraint: input.engine.constraint,
    state_version_before: run.kind === "plan" ? await versionToPlan(tx, workspace) : workspace.stateVersion,
    state_version_read: null,
    progress_done: 0,
  });
  await announceRuns(tx, [running]);
  return {
    runId: run.id,
    runNumber: run.number,
    kind: run.kind,
    epoch,
    leaseSeconds: context.settings.leaseSeconds,
    organization: runner.organization,
    repository: workspace.repository,
    workspace: {
      id: workspace.id,
      name: workspace.name,
      component: workspace.component,
      environment: workspace.environment,
    },
    engine: { ...input.engine, binary: tool && { version: tool.version, sha256: tool.sha256 } },
    directory: input.directory,
    input: { entries: input.entries },
    varFiles: input.varFiles,
    destroy: run.destroy,
    state: run.kind === "apply" ? "write" : "read",
    apply,
    check,
    limits: phaseLimits(context.settings.phaseSeconds),
  };
}

/**
 * The inputs of an apply as they are now, and whether the approved bytes still fit them and still pass: by policies that
 * have changed since they are judged anew, with a new plan.
 */
async function basisOfApply(
  tx: Tx,
  context: RunsContext,
  run: RunRecord,
  { input, policies, engines }: { input: RunWorkspaceInput; policies: string; engines: ReadonlySet<string> },
): Promise<{ inputs: RunChanges; apply: NonNullable<Job["apply"]> } | Problem> {
  const collected = await collectInputs(tx, context, run);
  if (!collected.ready)
    return problem("run_failed", `${run.workspace.name} ${collected.missing}.`, {
      next: "Apply that workspace first, then retry; or correct the input in plumbline.yaml.",
    });
  const digest = await inputsDigest(context, run, collected.values);
  const inputs = {
    inputs_sealed: sealInputs(context, run, collected.values),
    input_repositories: repositoriesOf(collected.values),
    inputs_digest: digest,
    provisional: false,
  };
  const { planned, workspace } = run;
  const basis = {
    stateVersion: workspace.stateVersion,
    inputsDigest: digest,
    inputTree: input.inputTree,
    engines,
    policiesDigest: policies,
  };
  const replan = { inputs, apply: { mode: "replan" as const, planSha256: null } };
  if (run.holdRequired || !isStillGood(planned, basis)) return replan;
  const { counts } = planned;
  const blocking = await context.gate.standsNow(tx, await runById(tx, planned.runId));
  const plan = { digest: planned.digest, counts, blocking, changes: counts === null || touchesResources(counts) };
  const decision = await askForDecision(tx, context, run, plan);
  if (decision === "hold") return replan;
  return { inputs, apply: { mode: "saved", planSha256: planned.planSha256 } };
}

/** A run that cannot even be given out, because what it names is wrong: it fails with what is wrong. */
async function failUnstarted(tx: Tx, context: RunsContext, run: RunRecord, error: Problem): Promise<undefined> {
  const now = context.clock.now();
  const started = await moveRun(tx, run, "running", { started_at: now });
  const [place] = error.places;
  const failed = await moveRun(tx, started, "failed", {
    finished_at: now,
    reason: error.message,
    error: JSON.stringify({
      code: error.code,
      detail: error.message,
      ...(place === undefined ? {} : { file: place.file, line: place.line }),
    }),
  });
  await tellOfRun(tx, context, failed);
  await releaseRuns(tx, context, run.organizationId);
}

async function failById(tx: Tx, context: RunsContext, runId: string, error: Problem): Promise<void> {
  await lockQueue(tx, (await runById(tx, runId)).organizationId);
  const run = await lockRun(tx, runId);
  if (run.status === "queued") await failUnstarted(tx, context, run, error);
}

function phaseLimits(seconds: number): Job["limits"] {
  return { fetch: seconds, init: seconds, plan: seconds, check: seconds, apply: seconds };
}
