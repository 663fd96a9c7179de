import type { Can, GateCondition, PullRequest, PullRequestSummary } from "@plumbline/contract";
import { pullRequestCan } from "@plumbline/contract";
import type { Actor } from "../../access/actor.ts";
import { canDo } from "../../access/authorize.ts";
import { mergeRight, nothingToRevert, proposeRight } from "../act-rights.ts";
import { approvalRight } from "../approving/approval-right.ts";
import { heldApprovers } from "../approving/held-plans.ts";
import type { PullRequestFacts } from "../facts.ts";
import { gateIsOpen } from "../gate/gate.ts";
import { notYet } from "../gate/not-yet.ts";

const onlyPart: Can = { allowed: false, reason: "You see only a part of it: it touches more than your clients." };
/** Of who sees only a part. */
export const noRights: PullRequest["can"] = {
  approve: onlyPart,
  merge: onlyPart,
  revert: onlyPart,
  close: onlyPart,
  replan: onlyPart,
  comment: onlyPart,
};

/** What the actor may do with it now, and where not, why. */
export function rightsOf(facts: PullRequestFacts, gate: readonly GateCondition[], actor: Actor): PullRequest["can"] {
  const { status } = facts.pullRequest;
  const when = (act: Parameters<typeof pullRequestCan>[0], right: Can): Can =>
    pullRequestCan(act, status) ? right : { allowed: false, reason: `It is ${status}.` };
  const merge = mergeRight(facts, actor);
  return {
    approve: when("approve", approvalRight(facts, actor)),
    merge: when("merge", merge.allowed && !gateIsOpen(gate) ? { allowed: false, reason: notYet(gate) } : merge),
    revert: when(
      "revert",
      facts.pullRequest.purpose === "import" ? { allowed: false, reason: nothingToRevert } : proposeRight(facts, actor),
    ),
    close: when("close", proposeRight(facts, actor)),
    replan: when("replan", proposeRight(facts, actor)),
    comment: canDo(actor, "pull_request.comment"),
  };
}

/** Whether it waits for the actor himself. */
export function waitsFor(
  actor: Actor,
  facts: PullRequestFacts,
  gate: readonly GateCondition[],
  state: PullRequestSummary["state"],
): boolean {
  if (state === "waits") {
    const wanted = gate.filter((condition) => !condition.met).flatMap((condition) => condition.who);
    const ticket = gate.some((condition) => condition.kind === "ticket" && !condition.met);
    return wanted.includes(actor.name) || (ticket && facts.pullRequest.openedBy === actor.id);
  }
  if (state === "held") return heldApprovers(facts).includes(actor.name);
  return (
    (state === "ready" || state === "blocked") &&
    facts.pullRequest.openedBy !== null &&
    facts.pullRequest.openedBy === actor.id
  );
}
