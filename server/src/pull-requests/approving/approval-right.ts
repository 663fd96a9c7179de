import type { Can } from "@plumbline/contract";
import { scopeActions } from "@plumbline/contract";
import type { Actor } from "../../access/actor.ts";
import type { PullRequestFacts } from "../facts.ts";
import { ownedPaths, touchedEnvironments } from "../facts.ts";
import { gatePeople } from "../gate/gate-of-facts.ts";
import { heldPlans } from "./held-plans.ts";

/**
 * Whether somebody may approve: he did not make any of it, sees all of it, and owns one of its paths by main's CODEOWNERS or may
 * approve for one of its environments. An owner needs no role; his token still needs the scope.
 */
export function approvalRight(facts: PullRequestFacts, actor: Actor): Can {
  const no = (reason: string): Can => ({ allowed: false, reason });
  if (actor.kind !== "person") return no("Only people approve.");
  if (actor.scopes !== null && !actor.scopes.some((scope) => scopeActions[scope].includes("environment.approve")))
    return no(
      `This token may not approve: its scopes are ${actor.scopes.join(", ")}. Use one with a scope that holds it.`,
    );
  const reasons = facts.contributors.filter(({ personId }) => personId === actor.id).map(({ reason }) => reason);
  if (reasons.length > 0) return no(`You ${wordsFor(reasons)} this change: somebody else approves it.`);
  const person = gatePeople(facts).find(({ id }) => id === actor.id);
  if (person?.barred === "outside") return no("You see only a part of it: it touches more than your clients.");
  if (person?.barred === "no_role") return no("You may not read pull requests.");
  const owners = new Set(ownedPaths(facts).flatMap((path) => facts.rules.codeOwners.ownersOf(path)?.owners ?? []));
  const isOwner = person !== undefined && [...owners].some((owner) => person.owns(owner));
  const environments = touchedEnvironments(facts);
  const isApprover =
    person !== undefined &&
    (environments.length === 0
      ? person.mayApproveFor("*")
      : environments.some((environment) => person.mayApproveFor(environment)));
  if (!isOwner && !isApprover)
    return no("You own none of the paths it touches, and may not approve for any of its environments.");
  if (facts.pullRequest.status === "merged" && heldPlans(facts).length === 0) return no("Nothing of it is held.");
  return { allowed: true, reason: null };
}

function wordsFor(reasons: readonly string[]): string {
  const words: Record<string, string> = {
    opened: "opened",
    pushed: "pushed to",
    authored: "authored a commit of",
    committed: "committed to",
    co_authored: "are a co-author of",
  };
  return Object.entries(words).find(([reason]) => reasons.includes(reason))?.[1] ?? "made";
}
