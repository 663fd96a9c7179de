import type { PullRequestFacts } from "../facts.ts";
import { ownedPaths } from "../facts.ts";
import { gatePeople } from "../gate/gate-of-facts.ts";
import type { AffectedRecord } from "../pull-request.ts";
import type { RunFacts } from "../runs-port.ts";

/** An apply run that is held, with its workspace. */
export interface HeldPlan {
  row: AffectedRecord;
  run: RunFacts;
}

/** The apply runs of a merged pull request that are held. */
export function heldPlans(facts: PullRequestFacts): HeldPlan[] {
  return facts.affected.flatMap((row) => {
    const run = facts.applies.get(row.workspaceId);
    return run?.status === "held" ? [{ row, run }] : [];
  });
}

/**
 * Names of those who can approve what is held, in one environment or in all with something held: owners of touched
 * paths and approvers of the environment, whom nothing bars: who made the change is, and who sees a part of it only.
 */
export function heldApprovers(facts: PullRequestFacts, environment?: string): string[] {
  const environments =
    environment === undefined ? new Set(heldPlans(facts).map(({ row }) => row.environment)) : new Set([environment]);
  const owners = new Set(ownedPaths(facts).flatMap((path) => facts.rules.codeOwners.ownersOf(path)?.owners ?? []));
  return gatePeople(facts)
    .filter((person) => person.barred === null)
    .filter(
      (person) =>
        [...owners].some((owner) => person.owns(owner)) || [...environments].some((name) => person.mayApproveFor(name)),
    )
    .map((person) => person.name);
}
