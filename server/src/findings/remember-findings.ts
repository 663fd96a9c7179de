import { dueFrom } from "@plumbline/policy/gate/standing";
import { systemActor } from "../access/actor.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { Tx } from "../platform/database/pools.ts";
import { addTask } from "../platform/tasks/index.ts";
import { repositoryWithId } from "../repositories/find-repository.ts";
import { mainRules } from "../repositories/policy-repository.ts";
import { planDetailsOf } from "../runs/plan-queries.ts";
import type { RunRecord } from "../runs/run.ts";
import type { RunListener } from "../runs/runs-context.ts";
import type { FindingsContext } from "./findings-context.ts";
import { gateRules, ownersOf, policyFor } from "./gate-rules.ts";
import { judgeAppliedTask, plannedRunOf } from "./judge-applied.ts";
import { closeOthers, knownFindings, putKnownFinding, setJudgedUnder } from "./known-finding-store.ts";

/** Keeps what applied plans have found, from the moment they are applied. */
export function rememberFindings(context: FindingsContext): RunListener {
  return {
    async runsChanged(tx, runs) {
      for (const run of runs) if (run.kind === "apply" && run.status === "finished") await remember(tx, context, run);
    },
  };
}

/**
 * Notes the findings of the plan that was applied: those that were not there get their date, those that are gone are
 * closed. One that is known only after apply leaves things as they were.
 */
async function remember(tx: Tx, context: FindingsContext, run: RunRecord): Promise<void> {
  const { organizationId, workspace } = run;
  const repository = await repositoryWithId(tx, workspace.repositoryId);
  const rules = gateRules(await mainRules(tx, context, repository));
  const policy = policyFor(rules, workspace);
  const planned = plannedRunOf(run);
  const { findings, failures } =
    planned === undefined ? { findings: [], failures: [] } : await planDetailsOf(tx, planned);
  if (findings.some(({ outcome }) => outcome === "unknown"))
    await addTask(tx, judgeAppliedTask, { organizationId, runId: run.id }, { queue: `applied/${workspace.id}` });
  // What was not judged whole says nothing of what is gone.
  if (failures.length > 0) return;
  const now = context.clock.now();
  const where = { organizationId, workspaceId: workspace.id };
  const known = new Set(
    ((await knownFindings(tx, [workspace.id])).get(workspace.id) ?? []).map(({ fingerprint }) => fingerprint),
  );
  const failed = findings.filter(({ outcome }) => outcome === "fail");
  for (const finding of failed)
    await putKnownFinding(tx, where, {
      finding,
      owners: ownersOf(rules, finding, workspace),
      firstSeenAt: now,
      dueAt: policy.block.has(finding.severity) ? dueFrom(now, policy) : null,
    });
  const closed = await closeOthers(
    tx,
    workspace.id,
    findings.map(({ fingerprint }) => fingerprint),
    now,
  );
  await setJudgedUnder(tx, where, rules.digest);
  const opened = failed.filter(({ fingerprint }) => !known.has(fingerprint));
  if (opened.length + closed === 0) return;
  const said = [
    ...(opened.length === 0 ? [] : [`${opened.length} came with it`]),
    ...(closed === 0 ? [] : [`${closed} ${closed === 1 ? "is" : "are"} gone`]),
  ];
  await recordAudit(tx, systemActor(organizationId, ""), {
    action: "findings.noted",
    text: `findings of ${workspace.name} as run ${run.number} applied it: ${said.join(", ")}`,
    workspace: workspace.name,
    environment: workspace.environment,
    run: run.number,
    ...(run.pullRequest === null ? {} : { pullRequest: run.pullRequest }),
    details: { opened: opened.slice(0, 100).map(({ rule, address }) => ({ rule, address: address ?? null })), closed },
  });
}
