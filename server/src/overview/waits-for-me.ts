import type { DriftCaseSummary, PullRequestSummary, WaitingItem, WorkspaceSummary } from "@plumbline/contract";
import { compareSeverity } from "@plumbline/contract";
import { fullWorkspaceName, workspacePath } from "@plumbline/contract/configuration/workspaces";
import type { Actor } from "../access/actor.ts";
import { may } from "../access/authorize.ts";

/** What the caller can do something about now, most urgent first. */
export function waitsForMe(
  actor: Actor,
  found: {
    workspaces: readonly WorkspaceSummary[];
    pullRequests: readonly PullRequestSummary[];
    cases: readonly DriftCaseSummary[];
  },
): WaitingItem[] {
  const items = [
    ...found.cases.filter((one) => one.status === "open" && concerns(actor, one)).map((one) => driftItem(actor, one)),
    ...found.workspaces
      .filter((one) => one.state === "frozen" && may(actor, "environment.operate", one.environment))
      .map(frozenItem),
    ...found.pullRequests.filter(({ waitsForMe: mine }) => mine).map(pullRequestItem),
    ...found.workspaces
      .filter((one) => one.overdue && may(actor, "environment.operate", one.environment))
      .map(overdueItem),
  ];
  return items.sort(
    (left, right) => urgency(left) - urgency(right) || bySeverity(left, right) || left.at.localeCompare(right.at),
  );
}

/** Code owners and operators look at a drift too; to undo it is a proposal. */
function concerns(actor: Actor, one: DriftCaseSummary): boolean {
  return (
    one.owners.includes(actor.name) ||
    may(actor, "environment.propose", one.environment) ||
    may(actor, "environment.operate", one.environment)
  );
}

function driftItem(actor: Actor, one: DriftCaseSummary): WaitingItem {
  return {
    kind: "drift_case",
    number: one.number,
    title: `Drift case ${one.number}`,
    detail: `${one.workspace}, ${one.severity}: ${one.title}`,
    severity: one.severity,
    action: may(actor, "environment.propose", one.environment) ? "Decide" : "Look",
    link: `/drift/${one.number}`,
    at: one.openedAt,
  };
}

function workspaceLink({ repository, name }: WorkspaceSummary): string {
  return workspacePath(fullWorkspaceName(repository, name));
}

function frozenItem(one: WorkspaceSummary): WaitingItem {
  return {
    kind: "unknown_run",
    number: one.run,
    title: `Confirm ${one.name}`,
    detail: one.sentence,
    severity: null,
    action: "Open",
    link: workspaceLink(one),
    at: one.verifiedAt ?? new Date(0).toISOString(),
  };
}

function pullRequestItem(one: PullRequestSummary): WaitingItem {
  const held = one.state === "held";
  const failed = one.state === "failed" || one.state === "unapplied";
  const blocked = one.state === "blocked";
  return {
    kind: held ? "held_run" : failed ? "failed_run" : "pull_request",
    number: one.number,
    title: held
      ? `Approve #${one.number} again`
      : failed
        ? `#${one.number} did not apply`
        : `${blocked ? "Mend" : "Review"} #${one.number}`,
    detail: held || failed ? one.sentence : one.title,
    severity: one.worst,
    action: held ? "Compare" : failed || blocked ? "Open" : one.state === "ready" ? "Merge" : "Review",
    link: `/pull-requests/${one.number}`,
    at: one.updatedAt,
  };
}

function overdueItem(one: WorkspaceSummary): WaitingItem {
  return {
    kind: "overdue_check",
    number: null,
    title: `${one.name} is not verified`,
    detail: "Its drift check did not run in time.",
    severity: null,
    action: "Open",
    link: workspaceLink(one),
    at: one.verifiedAt ?? new Date(0).toISOString(),
  };
}

const order: Record<WaitingItem["kind"], number> = {
  drift_case: 1,
  unknown_run: 1,
  failed_run: 2,
  held_run: 2,
  overdue_check: 3,
  pull_request: 3,
};

/** A critical or high drift comes before everything else. */
function urgency(item: WaitingItem): number {
  const grave = item.kind === "drift_case" && (item.severity === "critical" || item.severity === "high");
  return grave ? 0 : order[item.kind];
}

function bySeverity(left: WaitingItem, right: WaitingItem): number {
  if (left.severity === null || right.severity === null)
    return Number(left.severity === null) - Number(right.severity === null);
  return compareSeverity(left.severity, right.severity);
}
