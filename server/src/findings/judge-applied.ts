import type { Finding } from "@plumbline/contract";
import { dueFrom } from "@plumbline/policy/gate/standing";
import { judgeApplied } from "@plumbline/policy/judging/judge-applied";
import type { AppliedVerdict } from "@plumbline/policy/judging/judge-applied";
import { z } from "zod";
import { systemActor } from "../access/actor.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { Tx } from "../platform/database/pools.ts";
import { handleTask, task } from "../platform/tasks/index.ts";
import type { TaskHandler } from "../platform/tasks/index.ts";
import { peopleOf } from "../people/find-people.ts";
import { readRules } from "../repositories/policy-repository.ts";
import { keepFindings } from "../runs/keep-standings.ts";
import { planDetailsOf } from "../runs/plan-queries.ts";
import type { RunRecord } from "../runs/run.ts";
import { runById } from "../runs/run-queries.ts";
import { stateBytes } from "../states/read-state.ts";
import type { StatesContext } from "../states/states-context.ts";
import type { FindingsContext } from "./findings-context.ts";
import { gateRules, ownersOf, policyFor } from "./gate-rules.ts";
import type { GateRules } from "./gate-rules.ts";
import { putKnownFinding } from "./known-finding-store.ts";

/** What judging the state after an apply needs from outside. */
export interface JudgeAppliedContext extends FindingsContext {
  states: StatesContext;
  /** Tells what shows the run and its pull request that there is something new. */
  judged(tx: Tx, run: RunRecord): Promise<void>;
}

/** An apply ended whose plan could not tell everything: it is judged on the values that there are now. */
export const judgeAppliedTask = task("findings.judge_applied", z.object({ organizationId: z.uuid(), runId: z.uuid() }));

/** The handler for the task list. */
export function judgeAppliedHandler(context: JudgeAppliedContext): TaskHandler {
  return handleTask(judgeAppliedTask, ({ organizationId, runId }) => judge(context, organizationId, runId));
}

/** The run whose plan was applied: the apply itself, or the one before the merge. */
export function plannedRunOf(run: RunRecord): string | undefined {
  return run.planEpoch === run.epoch ? run.id : run.planned?.runId;
}

async function judge(context: JudgeAppliedContext, organizationId: string, runId: string): Promise<void> {
  const { run, findings, state } = await context.db.transaction(organizationId, async (tx) => {
    const applied = await runById(tx, runId);
    const planned = plannedRunOf(applied);
    const { workspace, stateVersionAfter } = applied;
    return {
      run: applied,
      findings: planned === undefined ? [] : (await planDetailsOf(tx, planned)).findings,
      // Not the newest: what came later was judged by its own plan.
      state:
        stateVersionAfter === null
          ? undefined
          : await stateBytes(tx, context.states, organizationId, workspace.id, stateVersionAfter),
    };
  });
  const { environment, layer, repositoryId } = run.workspace;
  const rules = gateRules(await readRules(context, { organizationId, repositoryId }));
  const verdicts = await judgeApplied({
    state: state === undefined ? null : JSON.parse(state.bytes.toString("utf8")),
    findings: findings.filter(({ applied }) => applied === undefined),
    environment,
    layer,
    policyConfiguration: rules.configuration,
  });
  if (verdicts.length === 0) return;
  await context.db.transaction(organizationId, (tx) => record(tx, context, run, { verdicts, rules }));
}

async function record(
  tx: Tx,
  context: JudgeAppliedContext,
  run: RunRecord,
  { verdicts, rules }: { verdicts: readonly AppliedVerdict[]; rules: GateRules },
): Promise<void> {
  const { organizationId, workspace } = run;
  const planned = plannedRunOf(run);
  if (planned === undefined) return;
  const { findings } = await planDetailsOf(tx, planned);
  const said = new Map(verdicts.map(({ unknown, failed }) => [unknown.fingerprint, failed.length > 0]));
  await keepFindings(
    tx,
    planned,
    findings.map((finding): Finding => {
      const failed = said.get(finding.fingerprint);
      return failed === undefined ? finding : { ...finding, applied: failed ? "failed" : "passed" };
    }),
  );
  const failed = verdicts.flatMap((verdict) => verdict.failed);
  const policy = policyFor(rules, workspace);
  const now = context.clock.now();
  // A later apply has said already what is there.
  const isNewest = workspace.stateVersion === run.stateVersionAfter;
  for (const finding of isNewest ? failed : [])
    await putKnownFinding(
      tx,
      { organizationId, workspaceId: workspace.id },
      {
        finding,
        owners: ownersOf(rules, finding, workspace),
        firstSeenAt: now,
        dueAt: policy.block.has(finding.severity) ? dueFrom(now, policy) : null,
      },
    );
  const passed = verdicts.length - verdicts.filter((verdict) => verdict.failed.length > 0).length;
  await recordAudit(tx, systemActor(organizationId, ""), {
    action: "findings.noted",
    text: `what the plan of ${workspace.name} could not tell was judged after run ${run.number} applied it: ${failed.length} ${failed.length === 1 ? "fails" : "fail"}, ${passed} ${passed === 1 ? "passes" : "pass"}`,
    workspace: workspace.name,
    environment: workspace.environment,
    run: run.number,
    ...(run.pullRequest === null ? {} : { pullRequest: run.pullRequest }),
    details: { opened: failed.slice(0, 100).map(({ rule, address }) => ({ rule, address: address ?? null })), passed },
  });
  if (isNewest && failed.some(({ severity }) => policy.block.has(severity)))
    await notify(tx, context, run, failed, rules);
  await context.judged(tx, run);
}

/** Tells the owners of what turned out wrong: it is applied, and nobody could have seen it before. */
async function notify(
  tx: Tx,
  context: FindingsContext,
  { organizationId, number, workspace }: RunRecord,
  failed: readonly Finding[],
  rules: GateRules,
): Promise<void> {
  const owners = new Set(
    failed
      .flatMap((finding) => ownersOf(rules, finding, workspace))
      .map((owner) => owner.replace(/^@/, "").toLowerCase()),
  );
  const recipients = (await peopleOf(tx)).filter(
    (person) =>
      !person.disabled &&
      (owners.has(person.name.toLowerCase()) || person.addresses.some((address) => owners.has(address.toLowerCase()))),
  );
  const [first] = failed;
  const more = failed.length > 1 ? `, and ${failed.length - 1} more` : "";
  await context.notify(tx, organizationId, {
    event: "finding_after_apply",
    subject: `${workspace.name}: ${first?.title ?? "a finding"}${more}, known only after the apply`,
    body: `What the plan of run ${number} could not tell was judged on what is applied now. ${first?.address ?? "A resource"}: ${first?.fix ?? ""} It counts as a finding that was there, with a date until which it has to be mended.`,
    link: `/runs/${number}`,
    recipients: recipients.map(({ id }) => id),
    environments: [workspace.environment],
    part: null,
  });
}
