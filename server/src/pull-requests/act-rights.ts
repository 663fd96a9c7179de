import type { Can } from "@plumbline/contract";
import { problem } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { canDo, may } from "../access/authorize.ts";
import { approvalRight } from "./approving/approval-right.ts";
import type { PullRequestFacts } from "./facts.ts";
import { touchedEnvironments } from "./facts.ts";

/** Whether somebody may act on a pull request as its proposers do: close it, plan it again, revert it. */
export function proposeRight(facts: PullRequestFacts, actor: Actor): Can {
  const environments = touchedEnvironments(facts);
  if (environments.length === 0) return canDo(actor, "environment.propose");
  const missing = environments.find((environment) => !may(actor, "environment.propose", environment));
  return missing === undefined ? { allowed: true, reason: null } : canDo(actor, "environment.propose", missing);
}

/** Whether somebody may merge, the gate apart: whoever may propose it or approve it. */
export function mergeRight(facts: PullRequestFacts, actor: Actor): Can {
  const proposes = proposeRight(facts, actor);
  if (proposes.allowed) return proposes;
  const environments = touchedEnvironments(facts);
  const approves =
    environments.length > 0 && environments.every((environment) => may(actor, "environment.approve", environment));
  if (approves || approvalRight(facts, actor).allowed) return { allowed: true, reason: null };
  return { allowed: false, reason: "You may neither propose to nor approve for its environments." };
}

/** Why a pull request that took over a state cannot be reverted. */
export const nothingToRevert =
  "It took over a state and changed nothing. plumb state export gives the state back; a destroy pull request takes away what it holds.";

/** Throws `not_allowed` with the reason unless allowed. */
export function requireRight(right: Can): void {
  if (!right.allowed) throw problem("not_allowed", right.reason ?? "You may not do this.");
}
