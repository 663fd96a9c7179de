import type { Finding, Replay, ReplayedFinding, ReplayedWorkspace } from "@plumbline/contract";
import { standingOf } from "@plumbline/policy/gate/standing";
import type { KnownFinding } from "@plumbline/policy/gate/standing";
import { touchedByView } from "@plumbline/policy/gate/touched";
import type { LatestPlan } from "../runs/latest-plans.ts";
import { ownersOf, policyFor } from "./gate-rules.ts";
import type { GateRules } from "./gate-rules.ts";
import type { KnownFindingRecord } from "./known-finding-store.ts";
import { standAgain } from "./restand-runs.ts";

/** What a replay of one plan has found; undefined while it is still to be done. */
export type Judged = { findings: readonly Finding[]; failures: readonly string[] } | undefined;

/** The newest plan of a workspace, and what the proposed policies find in it. */
export interface ReplayInput {
  plan: LatestPlan;
  judged: Judged;
  /** Why there will be no judgement; null where there is one, or will be. */
  failed: string | null;
  known: readonly KnownFindingRecord[];
}

/** Both sides of a change of policies. */
export interface Sides {
  main: GateRules;
  proposed: GateRules;
  now: Date;
}

/** Compares how the findings of plans stand by main with how they would stand by what is proposed. Pure. */
export function replayOf(inputs: readonly ReplayInput[], sides: Sides): Replay {
  const workspaces: ReplayedWorkspace[] = [];
  const findings: ReplayedFinding[] = [];
  for (const input of inputs) {
    const { plan, judged, failed } = input;
    const before = plan.findings.map((finding) => standingByMain(finding, input, sides));
    const after = (judged?.findings ?? []).map((finding) => standingAsProposed(finding, input, sides));
    const failures = judged?.failures ?? [];
    workspaces.push({
      workspace: plan.workspace.name,
      environment: plan.workspace.environment,
      run: plan.run,
      applied: plan.applied,
      state: failed !== null || failures.length > 0 ? "not_judged" : judged === undefined ? "pending" : "judged",
      detail: failed ?? failures[0] ?? null,
      blockingBefore: before.filter(isBlocking).length + plan.failures,
      blockingAfter: after.filter(isBlocking).length + failures.length,
    });
    if (judged !== undefined) findings.push(...differences(plan.workspace.name, before, after));
  }
  return {
    state: workspaces.some(({ state }) => state === "pending") ? "running" : "done",
    workspaces,
    findings,
    teams: byOwner(findings),
  };
}

function standingByMain(finding: Finding, { plan, known }: ReplayInput, { main, now }: Sides): Finding {
  const { standing } = finding;
  // What the plan would have done is done: nothing of it is touched any more.
  const seen =
    plan.applied && standing !== undefined ? { ...finding, standing: { ...standing, touched: false } } : finding;
  return standAgain(seen, plan, main, known, now);
}

function standingAsProposed(finding: Finding, { plan, known }: ReplayInput, { proposed, main, now }: Sides): Finding {
  const stored = plan.findings.find(({ fingerprint }) => fingerprint === finding.fingerprint);
  const entry = known.find(({ fingerprint }) => fingerprint === finding.fingerprint);
  const touched = !plan.applied && (stored?.standing?.touched ?? touchedByView(finding, plan.resources));
  // What is applied has it, though nobody looked before.
  const isOld = plan.applied || (plan.wasApplied && stored === undefined && !touched);
  const memory: KnownFinding | undefined =
    entry ??
    (stored?.firstSeenAt === undefined
      ? isOld
        ? { firstSeenAt: now, dueAt: null }
        : undefined
      : { firstSeenAt: new Date(stored.firstSeenAt), dueAt: null });
  const standing = standingOf({
    finding,
    known: memory,
    waivers: proposed.waivers,
    touched,
    environment: plan.workspace.environment,
    policy: policyFor(proposed, plan.workspace),
    now,
  });
  return {
    ...finding,
    owners: ownersOf(main, finding, plan.workspace),
    ...(standing === undefined ? {} : { standing }),
  };
}

function isBlocking({ standing }: Finding): boolean {
  return standing?.blocks === true;
}

function differences(workspace: string, before: readonly Finding[], after: readonly Finding[]): ReplayedFinding[] {
  const old = new Map(before.map((finding) => [finding.fingerprint, finding]));
  const found: ReplayedFinding[] = [];
  const note = (finding: Finding, change: ReplayedFinding["change"]) =>
    found.push({
      workspace,
      rule: finding.rule,
      severity: finding.severity,
      title: finding.title,
      address: finding.address ?? null,
      file: finding.place?.file ?? null,
      line: finding.place?.line ?? null,
      owners: finding.owners ?? [],
      change,
      until: change === "reported" ? (finding.standing?.until ?? null) : null,
    });
  for (const finding of after) {
    const previous = old.get(finding.fingerprint);
    const isDated = (one: Finding | undefined) =>
      one?.standing?.kind === "baseline" && one.standing.until !== undefined;
    if (isBlocking(finding)) {
      if (previous === undefined || !isBlocking(previous)) note(finding, "blocks");
    } else if (previous !== undefined && isBlocking(previous)) note(finding, "passes");
    else if (isDated(finding) && !isDated(previous)) note(finding, "reported");
  }
  const present = new Set(after.map(({ fingerprint }) => fingerprint));
  for (const finding of before) if (isBlocking(finding) && !present.has(finding.fingerprint)) note(finding, "passes");
  return found;
}

/** Counts by code owner, whom most would be blocked first. */
export function byOwner(findings: readonly ReplayedFinding[]): Replay["teams"] {
  const teams = new Map<string, Replay["teams"][number]>();
  for (const { owners, change } of findings)
    for (const owner of owners.length === 0 ? [""] : owners) {
      const team = teams.get(owner) ?? { owner, blocks: 0, passes: 0, reported: 0 };
      team[change] += 1;
      teams.set(owner, team);
    }
  return [...teams.values()].toSorted((left, right) => right.blocks - left.blocks || right.reported - left.reported);
}
