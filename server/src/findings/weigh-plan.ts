import type { Finding, Judgement } from "@plumbline/contract";
import type { Plan } from "@plumbline/engine/plans/plan";
import { dueFrom, standingOf } from "@plumbline/policy/gate/standing";
import type { KnownFinding } from "@plumbline/policy/gate/standing";
import { changesByAddress, touchedByLines, touchedByPlan } from "@plumbline/policy/gate/touched";
import type { ChangedLines } from "@plumbline/policy/gate/touched";
import { touchedByRule } from "@plumbline/policy/gate/touched-by-rule";
import { systemActor } from "../access/actor.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { repositoryWithId } from "../repositories/find-repository.ts";
import { mainRules, readRules } from "../repositories/policy-repository.ts";
import type { RunRecord } from "../runs/run.ts";
import type { FindingGate } from "../runs/runs-context.ts";
import { appliedOf } from "../runs/workspace-marks.ts";
import { changedLines } from "./changed-lines.ts";
import type { FindingsContext } from "./findings-context.ts";
import { gateRules, ownersOf, policyFor, valuesOf } from "./gate-rules.ts";
import { judgedUnder, knownFindings, putKnownFinding } from "./known-finding-store.ts";
import type { SeenFinding } from "./known-finding-store.ts";
import { restandRuns } from "./restand-runs.ts";
import { seenBefore } from "./seen-before.ts";

/** What the checks of a plan come to. */
export interface Weighed {
  findings: Finding[];
  /** Findings that block, and checks that could not judge. */
  blocking: number;
}

/** Binds the context: how runs have their findings weighed. */
export function findingGate(context: FindingsContext): FindingGate {
  return {
    weigh: (run, planned) => weighPlan(context, run, planned),
    async standsNow(tx, run) {
      const repository = await repositoryWithId(tx, run.workspace.repositoryId);
      const changed = await restandRuns(tx, context, await mainRules(tx, context, repository), [run]);
      return changed.get(run.id) ?? run.blocking;
    },
  };
}

/**
 * Weighs what the checks of a plan found, by main's rules: new and touched findings block, those that were there before
 * do from their date on, a waiver lets one pass. What turns out to have been there before, though nobody had looked yet,
 * is noted with its date. No judgement, and a policy file that cannot be read, are never a pass.
 */
async function weighPlan(
  context: FindingsContext,
  run: RunRecord,
  { judgement, plan, json }: { judgement: Judgement | null; plan: Plan; json: Buffer },
): Promise<Weighed> {
  if (judgement === null) return { findings: [], blocking: 1 };
  const { organizationId, workspace } = run;
  const rules = gateRules(await readRules(context, { organizationId, repositoryId: workspace.repositoryId }));
  const policy = policyFor(rules, workspace);
  const before = await context.db.transaction(organizationId, async (tx) => ({
    known: (await knownFindings(tx, [workspace.id])).get(workspace.id) ?? [],
    applied: await appliedOf(tx, workspace.id),
    judgedUnder: await judgedUnder(tx, workspace.id),
  }));
  const changes = changesByAddress(plan.resourceChanges);
  const failed = judgement.findings.filter(({ outcome }) => outcome === "fail");
  const objects = context.forge.objects({ organizationId, repositoryId: workspace.repositoryId });
  const lines: (file: string) => ChangedLines | undefined =
    before.applied === undefined || !failed.some(({ place }) => place !== undefined)
      ? () => undefined
      : await changedLines(objects, before.applied, run, valuesOf(rules));
  const touched = new Set(
    failed.filter((finding) => touchedByPlan(finding, changes) || touchedByLines(finding, lines)),
  );
  const severe = failed.filter(({ severity }) => policy.block.has(severity));
  const untouched = severe.filter((finding) => finding.source === "plumbline" && !touched.has(finding));
  const isChange = !plan.errored && plan.resourceChanges.some(({ change }) => change.actions[0] !== "no-op");
  if (untouched.length > 0 && isChange) {
    const isTouched = await touchedByRule(JSON.parse(json.toString("utf8")), changes);
    for (const finding of untouched.filter(isTouched)) touched.add(finding);
  }
  const known = await seenBefore({
    ...before,
    isOtherPolicies: before.judgedUnder !== undefined && before.judgedUnder !== rules.digest,
    failed,
    severe,
    touched,
    changes,
    json,
    configuration: rules.configuration,
    workspace,
  });
  const now = context.clock.now();
  const notes: SeenFinding[] = [];
  let blocking = judgement.failures.length + (rules.broken ? 1 : 0);
  const findings = judgement.findings.map((finding): Finding => {
    const seen = known.get(finding);
    const memory: KnownFinding | undefined =
      seen === undefined ? undefined : { firstSeenAt: seen.firstSeenAt ?? now, dueAt: seen.dueAt };
    const standing = standingOf({
      finding,
      known: memory,
      waivers: rules.waivers,
      touched: touched.has(finding),
      environment: workspace.environment,
      policy,
      now,
    });
    const owners = ownersOf(rules, finding, workspace);
    if (standing?.blocks === true) blocking += 1;
    if (memory !== undefined && seen?.applied === true && memory.dueAt === null && policy.block.has(finding.severity))
      notes.push({ finding, owners, firstSeenAt: memory.firstSeenAt, dueAt: dueFrom(now, policy) });
    return {
      ...finding,
      owners,
      ...(standing === undefined ? {} : { standing }),
      ...(memory === undefined ? {} : { firstSeenAt: memory.firstSeenAt.toISOString() }),
    };
  });
  if (notes.length > 0)
    await context.db.transaction(organizationId, async (tx) => {
      for (const note of notes) await putKnownFinding(tx, { organizationId, workspaceId: workspace.id }, note);
      await recordAudit(tx, systemActor(organizationId, ""), {
        action: "findings.noted",
        text: `${notes.length} ${notes.length === 1 ? "finding" : "findings"} of ${workspace.name} that what is applied has: from now on with a date`,
        workspace: workspace.name,
        environment: workspace.environment,
        run: run.number,
        ...(run.pullRequest === null ? {} : { pullRequest: run.pullRequest }),
        details: {
          opened: notes.slice(0, 100).map(({ finding, dueAt }) => ({
            rule: finding.rule,
            address: finding.address ?? null,
            dueAt: dueAt?.toISOString() ?? null,
          })),
        },
      });
    });
  return { findings, blocking };
}
