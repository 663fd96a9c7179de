import type { ChangedFile, TimelineEntry, WorkspacePlan } from "@plumbline/contract";
import type { Actor } from "../../access/actor.ts";
import { authorize, may } from "../../access/authorize.ts";
import { keptToClients } from "../../access/kept-to-clients.ts";
import { readCanonical } from "../../audit/audit-event.ts";
import { entriesOfPullRequest } from "../../audit/read-audit.ts";
import { planOf } from "../facts.ts";
import { factsSeenBy } from "../load-pull-request.ts";
import { shownFile } from "./shown-file.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import { filesSeenBy, pullRequestSeenBy } from "../sight.ts";

/** The newest plan of each affected workspace that the caller may read; of held runs, the plan that is held. */
export async function listPlans(
  context: PullRequestsContext,
  actor: Actor,
  number: number,
  workspace: string | undefined,
): Promise<WorkspacePlan[]> {
  authorize(actor, "repository.read");
  return context.db.transaction(actor.organizationId, async (tx) => {
    const { facts } = await factsSeenBy(tx, context, actor, number);
    const wanted = facts.affected.filter(
      (row) =>
        (workspace === undefined || row.workspace === workspace) && may(actor, "environment.read", row.environment),
    );
    const plans: WorkspacePlan[] = [];
    for (const row of wanted) {
      const apply = facts.applies.get(row.workspaceId);
      const run = apply !== undefined && apply.digest !== null ? apply : planOf(facts, row);
      if (run === undefined) continue;
      const { view, text } = await context.runs.planOf(tx, run.id);
      const judgement = (await context.runs.judgementsOf(tx, [run.id])).get(run.id);
      plans.push({
        workspace: row.workspace,
        run: run.number,
        digest: run.digest,
        plan: view,
        findings: judgement?.findings ?? [],
        judgementFailures: judgement?.failures ?? [],
        text,
      });
    }
    return plans;
  });
}

/** What the newest patch set changes against main, with owners; for a moved pin what that takes over. */
export async function listChangedFiles(
  context: PullRequestsContext,
  actor: Actor,
  number: number,
): Promise<ChangedFile[]> {
  authorize(actor, "repository.read");
  const { facts } = await context.db.transaction(actor.organizationId, (tx) => factsSeenBy(tx, context, actor, number));
  const { patchSet, repository, rules } = facts;
  const objects = context.forge.objects(repository);
  const from = patchSet.trialCommit === null ? await objects.mergeBase(patchSet.base, patchSet.commit) : patchSet.base;
  if (from === null || patchSet.commit === patchSet.base) return [];
  const files = await objects.diff(from, patchSet.trialCommit ?? patchSet.commit);
  return filesSeenBy(actor, rules, files).map((file) => shownFile(file, rules));
}

/** What happened to a pull request, newest first: its entries of the audit log. */
export async function readTimeline(
  context: PullRequestsContext,
  actor: Actor,
  number: number,
): Promise<TimelineEntry[]> {
  authorize(actor, "repository.read");
  return context.db.transaction(actor.organizationId, async (tx) => {
    const { sight } = await pullRequestSeenBy(tx, context, actor, number);
    const entries = await entriesOfPullRequest(tx, number);
    return entries.flatMap(({ canonical }) => {
      const entry = readCanonical(canonical);
      if (!tellsOnlyOwn(actor, sight, entry)) return [];
      return {
        at: entry.at,
        actor: entry.actor.name,
        kind: entry.action,
        text: entry.text,
        run: entry.run ?? null,
        workspace: entry.workspace ?? null,
      };
    });
  });
}

/** To who is kept to clients, an entry of another environment is not shown; of a pull request seen in part, none without one. */
function tellsOnlyOwn(actor: Actor, sight: "whole" | "part", { environment }: { environment?: string }): boolean {
  if (!keptToClients(actor)) return true;
  return environment === undefined ? sight === "whole" : may(actor, "environment.read", environment);
}
