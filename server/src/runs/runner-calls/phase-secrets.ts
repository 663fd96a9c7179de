import type { PhaseSecrets } from "@plumbline/contract";
import { Problem, problem } from "@plumbline/contract";
import { findEnvironment } from "@plumbline/contract/configuration/configuration";
import type { Environment, SealedReference } from "@plumbline/contract/configuration/configuration";
import { recordAudit } from "../../audit/record-audit.ts";
import type { Tx } from "../../platform/database/pools.ts";
import { resolveSecrets } from "../../variables/phase-secrets.ts";
import type { ResolvedSecrets } from "../../variables/phase-secrets.ts";
import { openInputs, sealedReferences } from "../inputs.ts";
import { inputsSealedOf } from "../plan-queries.ts";
import type { RunRecord } from "../run.ts";
import type { RunnerCall } from "./run-of-runner.ts";
import { runnerActor, runOfRunner, runUnderWay } from "./run-of-runner.ts";
import { changeRun, lockQueue } from "../run-store.ts";
import { isRoutine } from "./routine.ts";
import type { RunsContext } from "../runs-context.ts";

/**
 * What one phase of a run receives: its credential, sealed variables and inputs. Only for whoever holds the run, and
 * the writing credential only for an apply run that was told to apply; handing it out is the logged intent of the
 * effects that follow.
 */
export async function phaseSecrets(
  context: RunsContext,
  call: RunnerCall,
  phase: "plan" | "apply",
): Promise<PhaseSecrets> {
  const { organizationId } = call.runner;
  const seen = await context.db.transaction(organizationId, (tx) => runOfRunner(tx, call, "read"));
  // Rules come from main: a change cannot give itself another environment's credential.
  const main = await context.repositories.mainConfiguration(organizationId, seen.workspace.repositoryId);
  const rules = main && findEnvironment(main, seen.workspace.environment);
  return context.db.transaction(organizationId, async (tx) => {
    if (seen.status === "unknown") await lockQueue(tx, organizationId);
    const run = await runUnderWay(tx, context, call);
    if (run.kind === "replay")
      throw problem("not_allowed", `Run ${run.number} only judges a plan that is there, so it gets no credential.`);
    if (phase === "apply" && (run.kind !== "apply" || run.decision !== "apply"))
      throw problem("not_allowed", `Run ${run.number} was not told to apply, so it gets no writing credential.`);
    const { secrets, opened } = await secretsOfPhase(tx, context, run, phase, rules);
    if (phase === "apply") await changeRun(tx, run.id, { apply_started_at: context.clock.now() });
    const wantsEntry = phase === "apply" || opened.credential !== null || opened.variables.length > 0;
    if (wantsEntry && !(await isRoutine(tx, run))) await auditSecrets(tx, call, run, phase, opened);
    if (phase === "plan") return secrets;
    // The engine may say what differs from the plan, and what that was given.
    const planned = await secretsOfPhase(tx, context, run, "plan", rules);
    return { ...secrets, mask: [...new Set([...secrets.mask, ...planned.secrets.mask])] };
  });
}

/** Opens what a phase of a run receives; `rules` are main's of its environment. Whoever hands it on writes the entry. */
async function secretsOfPhase(
  tx: Tx,
  context: Pick<RunsContext, "repositories" | "sealing">,
  run: RunRecord,
  phase: "plan" | "apply",
  rules: Pick<Environment, "credentials" | "sealed"> | undefined,
): Promise<ResolvedSecrets> {
  const { organizationId, workspace } = run;
  return resolveSecrets(tx, context, {
    organizationId,
    repositoryId: workspace.repositoryId,
    environment: workspace.environment,
    component: workspace.component,
    phase,
    sealed: receivable(run, phase, await sealedReferences(context, run), rules?.sealed ?? []),
    credentials: rules?.credentials ?? null,
    inputs: openInputs(context, run, await inputsSealedOf(tx, run.id)),
  });
}

/** The secrets that the plan of a run was given, to hide them in what people see. None where it could be given none. */
export async function givenSecrets(
  tx: Tx,
  context: Pick<RunsContext, "repositories" | "sealing">,
  run: RunRecord,
  rules: Pick<Environment, "credentials" | "sealed"> | undefined,
): Promise<string[]> {
  try {
    return (await secretsOfPhase(tx, context, run, "plan", rules)).secrets.mask;
  } catch (error) {
    if (error instanceof Problem && error.code === "configuration_wrong") return [];
    throw error;
  }
}

/**
 * The references that a phase receives. What main keeps for apply alone, no plan of a change gets by saying otherwise:
 * its code, which nobody has approved yet, could print it.
 */
function receivable(
  run: Pick<RunRecord, "kind">,
  phase: "plan" | "apply",
  references: readonly SealedReference[],
  ofMain: readonly SealedReference[],
): readonly SealedReference[] {
  if (phase === "apply" || run.kind !== "plan") return references;
  const kept = ofMain.filter(({ phases }) => phases === "apply");
  return references.filter(
    ({ component, variable }) => !kept.some((one) => one.component === component && one.variable === variable),
  );
}

async function auditSecrets(
  tx: Tx,
  call: RunnerCall,
  run: RunRecord,
  phase: "plan" | "apply",
  opened: { credential: string | null; variables: { component: string; name: string; version: number }[] },
): Promise<void> {
  const said = [
    ...(opened.credential === null ? [] : [`the ${phase} credential ${opened.credential}`]),
    ...opened.variables.map(({ name, version }) => `version ${version} of ${name}`),
  ];
  await recordAudit(tx, runnerActor(call.runner), {
    action: phase === "apply" ? "run.applying" : "run.secrets_read",
    text:
      phase === "apply"
        ? `run ${run.number} begins to apply ${run.workspace.name}${said.length === 0 ? "" : ` with ${said.join(", ")}`}`
        : `run ${run.number} of ${run.workspace.name} received ${said.join(", ")}`,
    workspace: run.workspace.name,
    environment: run.workspace.environment,
    run: run.number,
    ...(run.pullRequest === null ? {} : { pullRequest: run.pullRequest }),
    details: {
      phase,
      ...opened,
      ...(phase === "apply" ? { digest: run.digest ?? run.planned?.digest, epoch: run.epoch } : {}),
    },
  });
}
