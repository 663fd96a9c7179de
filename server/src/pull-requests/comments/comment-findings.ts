import type { Finding } from "@plumbline/contract";
import { touchedByLines } from "@plumbline/policy/gate/touched";
import type { ChangedLines } from "@plumbline/policy/gate/touched";
import { changedLines } from "../../findings/changed-lines.ts";
import type { Tx } from "../../platform/database/pools.ts";
import { putFinding, resolveFindings } from "./comment-store.ts";
import { planOf } from "../facts.ts";
import type { PullRequestFacts } from "../facts.ts";
import { escapeMarkdown, inlineCode } from "./markdown.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import type { RunJudgement } from "../runs-port.ts";
import { patchBlock } from "./patch-block.ts";
import { standingWords } from "./standing-words.ts";

/** A finding that has a comment, and the workspaces that have it. */
export interface CommentedFinding {
  finding: Finding;
  workspaces: string[];
}

/**
 * One comment per finding on its line, however many environments have it and however often it is pushed; folded when no
 * plan has it any more, opened again when it comes back. What was there before and is not touched is told in the summary
 * alone: nobody changed its line here.
 */
export async function commentFindings(
  tx: Tx,
  context: PullRequestsContext,
  facts: PullRequestFacts,
  judgements: ReadonlyMap<string, RunJudgement>,
): Promise<void> {
  const comments = commentedFindings(facts, judgements);
  const { organizationId, id: pullRequestId } = facts.pullRequest;
  const changed = comments.size === 0 ? () => undefined : await linesOfChange(context, facts);
  for (const [fingerprint, commented] of comments) {
    await putFinding(tx, {
      organizationId,
      pullRequestId,
      id: context.newId(),
      personId: null,
      body: findingBody(commented),
      ...placeOf(commented.finding, changed),
      fingerprint,
      createdAt: context.clock.now(),
    });
  }
  // A plan that is not made yet may still have it.
  const complete = facts.affected.every((row) => row.inputTree === null || planOf(facts, row)?.status === "finished");
  if (complete) await resolveFindings(tx, pullRequestId, [...comments.keys()], context.clock.now());
}

/** The findings of these facts that have a comment, by what their comment is found by. */
export function commentedFindings(
  facts: PullRequestFacts,
  judgements: ReadonlyMap<string, RunJudgement>,
): Map<string, CommentedFinding> {
  const comments = new Map<string, CommentedFinding>();
  for (const row of facts.affected) {
    const run = planOf(facts, row);
    if (run?.status !== "finished") continue;
    for (const finding of judgements.get(run.id)?.findings ?? []) {
      if (finding.outcome !== "fail" || finding.place === undefined || isOnlyReported(finding)) continue;
      const key = `${finding.fingerprint}/${finding.place.file}`;
      const known = comments.get(key) ?? { finding, workspaces: [] };
      known.workspaces.push(row.workspace);
      comments.set(key, known);
    }
  }
  return comments;
}

/** Which lines the pull request changes, be it code or values. */
async function linesOfChange(
  context: PullRequestsContext,
  { patchSet, repository }: PullRequestFacts,
): Promise<(file: string) => ChangedLines | undefined> {
  const { base, commit, trialCommit } = patchSet;
  const now = trialCommit ?? commit;
  return changedLines(
    context.forge.objects(repository),
    { codeCommit: base, valuesCommit: base },
    { codeCommit: now, valuesCommit: now },
    () => false,
  );
}

/**
 * Where a finding's comment sits: on the first line of its way from the attribute to the cause that was changed here;
 * on the attribute's where none was.
 */
function placeOf(
  { place, chain }: Finding,
  changed: (file: string) => ChangedLines | undefined,
): { file: string | null; line: number | null } {
  const all = place === undefined ? chain : [place, ...chain];
  const own = all.find((one) => touchedByLines({ place: one, chain: [] }, changed)) ?? place;
  return { file: own?.file ?? null, line: own?.line ?? null };
}

function isOnlyReported({ standing }: Finding): boolean {
  return standing !== undefined && !standing.blocks && (standing.kind === "baseline" || standing.kind === "waived");
}

/** What a finding's comment says. */
export function findingBody({ finding, workspaces }: CommentedFinding): string {
  const where = workspaces.map((name) => inlineCode(name)).join(", ");
  const standing = standingWords(finding);
  return [
    `**${finding.severity}**: ${escapeMarkdown(finding.title)} (${inlineCode(finding.rule)}) in ${where}`,
    ...(standing === "" ? [] : [escapeMarkdown(standing)]),
    escapeMarkdown(finding.why),
    `Fix: ${escapeMarkdown(finding.fix)}`,
    ...(finding.patch === undefined ? [] : [patchBlock(finding.patch)]),
  ].join("\n\n");
}
