import { planOf } from "../facts.ts";
import type { PullRequestFacts } from "../facts.ts";
import { nameOf } from "../facts.ts";

/**
 * The message of a merge commit. Its trailers say who proposed, who approved, which ticket, and the digests of the plans
 * that were approved, so that Git alone tells it.
 */
export function mergeMessage(facts: PullRequestFacts): string {
  const { pullRequest, approvals, affected } = facts;
  const proposer = nameOf(facts, pullRequest.openedBy)?.name ?? "plumbline";
  const contributors = new Set(facts.contributors.map(({ personId }) => personId));
  const approvers = new Set(
    approvals
      .filter((approval) => approval.voidAt === null && !contributors.has(approval.personId))
      .map((approval) => nameOf(facts, approval.personId)?.name ?? approval.personId),
  );
  const trailers = [
    `Pull-Request: #${pullRequest.number}`,
    `Proposed-by: ${proposer}`,
    ...[...approvers].map((name) => `Approved-by: ${name}`),
    ...(pullRequest.ticket === null ? [] : [`Ticket: ${oneLine(pullRequest.ticket)}`]),
    ...affected.flatMap((row) => {
      const digest = planOf(facts, row)?.digest ?? null;
      return digest === null ? [] : [`Plan-Digest: ${row.workspace} ${digest}`];
    }),
  ];
  return `Merge #${pullRequest.number}: ${oneLine(pullRequest.title)}\n\n${trailers.join("\n")}\n`;
}

/** A title cannot add trailers of its own. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
}
