import type { Finding } from "@plumbline/contract";
import { announce } from "../platform/live.ts";
import type { Tx } from "../platform/database/pools.ts";
import { putFinding, putSummary, resolveFindings } from "./comment-store.ts";
import { planOf, readFacts } from "./facts.ts";
import type { PullRequestFacts } from "./facts.ts";
import { escapeMarkdown, inlineCode } from "./markdown.ts";
import { stateOf } from "./present.ts";
import { pullRequestById } from "./pull-request-store.ts";
import type { PullRequestsContext } from "./pull-requests-context.ts";
import type { RunJudgement } from "./runs-port.ts";
import { summaryOf } from "./summary-of-facts.ts";
import { tellPeople } from "./tell-people.ts";

/** Brings the comments of a pull request, the forge and the people concerned up to date. May be done again. */
export async function refreshPullRequest(
  context: PullRequestsContext,
  organizationId: string,
  pullRequestId: string,
): Promise<void> {
  const news = await context.db.transaction(organizationId, async (tx) => {
    const pullRequest = await pullRequestById(tx, pullRequestId, true);
    if (pullRequest === undefined) return undefined;
    const facts = await readFacts(tx, context, pullRequest);
    const runIds = facts.affected.flatMap((row) => row.runId ?? []);
    const judgements = await context.runs.judgementsOf(tx, runIds);
    const state = stateOf(facts);
    const summary = await summaryOf(tx, context, facts, judgements, state);
    await putSummary(tx, {
      organizationId,
      pullRequestId,
      id: context.newId(),
      body: summary,
      createdAt: context.clock.now(),
    });
    if (pullRequest.status === "open") await commentFindings(tx, context, facts, judgements);
    await tellPeople(tx, context, facts, state);
    await announce(tx, organizationId, [`pull-request:${pullRequest.number}`]);
    return { facts, summary, ...state };
  });
  if (news === undefined) return;
  const { facts, summary, state, sentence } = news;
  const failed = state === "blocked" || state === "failed";
  const good = state === "ready" || state === "applied";
  await context.forge.publish(facts.repository, {
    number: facts.pullRequest.number,
    commit: facts.patchSet.commit,
    summary,
    status: failed ? "failure" : good ? "success" : "pending",
    sentence,
  });
}

/** One comment per finding on its line, however many environments have it; resolved when no plan has it any more. */
async function commentFindings(
  tx: Tx,
  context: PullRequestsContext,
  facts: PullRequestFacts,
  judgements: ReadonlyMap<string, RunJudgement>,
): Promise<void> {
  const byLine = new Map<string, { finding: Finding; workspaces: string[] }>();
  let complete = true;
  for (const row of facts.affected) {
    const run = planOf(facts, row);
    if (run === undefined || run.status !== "finished") {
      complete &&= row.inputTree === null;
      continue;
    }
    for (const finding of judgements.get(run.id)?.findings ?? []) {
      if (finding.outcome !== "fail" || finding.place === undefined) continue;
      const key = `${finding.rule}/${finding.place.file}/${finding.address ?? ""}/${finding.attribute ?? ""}`;
      const known = byLine.get(key) ?? { finding, workspaces: [] };
      known.workspaces.push(row.workspace);
      byLine.set(key, known);
    }
  }
  const { organizationId, id: pullRequestId } = facts.pullRequest;
  for (const [fingerprint, { finding, workspaces }] of byLine) {
    await putFinding(tx, {
      organizationId,
      pullRequestId,
      id: context.newId(),
      personId: null,
      body: findingBody(finding, workspaces),
      file: finding.place?.file ?? null,
      line: finding.place?.line ?? null,
      fingerprint,
      createdAt: context.clock.now(),
    });
  }
  // A plan that is not made yet may still have it.
  if (complete) await resolveFindings(tx, pullRequestId, [...byLine.keys()], context.clock.now());
}

function findingBody(finding: Finding, workspaces: readonly string[]): string {
  const where = workspaces.map((name) => inlineCode(name)).join(", ");
  return [
    `**${finding.severity}**: ${escapeMarkdown(finding.title)} (${inlineCode(finding.rule)}) in ${where}`,
    escapeMarkdown(finding.why),
    `Fix: ${escapeMarkdown(finding.fix)}`,
  ].join("\n\n");
}
