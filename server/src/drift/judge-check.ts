import { posix } from "node:path";
import { hasEnded } from "@plumbline/contract";
import type { PlanView } from "@plumbline/contract";
import { readPolicies } from "@plumbline/policy/configuration/read-policies";
import { judgeValues } from "@plumbline/policy/judging/judge-values";
import { findComponent, findEnvironment } from "@plumbline/contract/configuration/configuration";
import { directoryIn, ownValuesFile } from "@plumbline/contract/configuration/placement";
import { z } from "zod";
import type { Tx } from "../platform/database/pools.ts";
import { handleTask, task } from "../platform/tasks/index.ts";
import type { TaskHandler } from "../platform/tasks/index.ts";
import { planJsonOf } from "../runs/plan-json.ts";
import { planOf, runById } from "../runs/run-queries.ts";
import type { RunRecord } from "../runs/run.ts";
import { describeDrift } from "./describe-drift.ts";
import type { FoundDrift } from "./describe-drift.ts";
import type { DriftContext, DriftRules } from "./drift-context.ts";
import { recordCheck } from "./record-check.ts";

/** A drift run ended: what it says about its workspace is worked out. */
export const judgeCheckTask = task("drift.judge_check", z.object({ organizationId: z.uuid(), runId: z.uuid() }));

/** The handler for the task list. */
export function judgeCheckHandler(context: DriftContext): TaskHandler {
  return handleTask(judgeCheckTask, ({ organizationId, runId }) => judgeCheck(context, organizationId, runId));
}

/**
 * Works out what an ended drift run says: nothing, drift, or that it could not look. Severity comes from the rules on
 * the live values. Again does nothing.
 */
export async function judgeCheck(context: DriftContext, organizationId: string, runId: string): Promise<void> {
  const { run, planJson, view } = await context.db.transaction(organizationId, async (tx) => ({
    run: await runById(tx, runId),
    planJson: await planJsonOf(tx, context.runs, runId),
    // As it was kept: without what its plan was given in secret.
    view: (await planOf(tx, runId)).view,
  }));
  if (run.kind !== "drift" || !hasEnded(run.status)) return;
  const rules = await context.readRules(organizationId, run.workspace.repositoryId);
  const looked = run.status === "finished" && planJson !== undefined && view !== null;
  const found = looked ? await judgeLive(planJson, view, run, rules) : undefined;
  const failed = looked ? null : (run.reason ?? `The check was ${run.status}.`);
  const owners = found === undefined ? [] : ownersOf(run, rules);
  await context.db.transaction(organizationId, (tx: Tx) => recordCheck(tx, context, run, { found, failed, owners }));
}

async function judgeLive(
  planJson: Buffer,
  view: PlanView,
  run: RunRecord,
  rules: DriftRules,
): Promise<FoundDrift | undefined> {
  const { configuration } = readPolicies(rules);
  const { environment, layer } = run.workspace;
  const values: unknown = JSON.parse(planJson.toString("utf8"));
  const verdicts = await judgeValues({ planJson: values, environment, layer, policyConfiguration: configuration });
  return describeDrift(view, verdicts);
}

/** Whom CODEOWNERS on main names for the component's code and for the environment's values. */
function ownersOf(run: RunRecord, { codeOwners, configuration }: DriftRules): string[] {
  if (configuration === undefined) return [];
  const component = findComponent(configuration, run.workspace.component);
  const environment = findEnvironment(configuration, run.workspace.environment);
  const paths = [
    ...(component === undefined ? [] : [posix.join(directoryIn(component, run.workspace.environment), "main.tf")]),
    ...(environment === undefined ? [] : [ownValuesFile(environment, run.workspace.component)]),
  ];
  return [...new Set(paths.flatMap((path) => codeOwners.ownersOf(path)?.owners ?? []))];
}
