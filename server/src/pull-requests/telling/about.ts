import type { PullRequestSummary } from "@plumbline/contract";
import type { Notice } from "../../notifications/notify.ts";
import type { Tx } from "../../platform/database/pools.ts";
import { touchedEnvironments } from "../facts.ts";
import type { PullRequestFacts } from "../facts.ts";
import { sentenceOfPart } from "../narrow-facts.ts";
import { reachOfPullRequests } from "../patch-sets/reach-store.ts";
import type { PullRequestReach } from "../patch-sets/reach-store.ts";
import { pullRequestByNumber } from "../pull-request-store.ts";
import { clientEnvironmentOf } from "../sight.ts";

/**
 * What news of a pull request are about, and what of them is told to who sees a part of it: the same that its page shows
 * him, decided by all that its patch sets ever touched and by what it takes back, whose title it carries.
 */
export async function aboutOf(
  tx: Tx,
  facts: PullRequestFacts,
  { state, words }: { state: PullRequestSummary["state"]; words: string },
): Promise<Pick<Notice, "environments" | "part">> {
  const { id, number, revertsNumber } = facts.pullRequest;
  const own = placesOf((await reachOfPullRequests(tx, [id])).get(id));
  const taken = await placesTakenBack(tx, revertsNumber);
  const environments = new Set([...own.environments, ...touchedEnvironments(facts)]);
  return {
    environments: [...environments],
    part: {
      beyond: own.beyond || taken.beyond || [...taken.environments].some((name) => !environments.has(name)),
      environments: [...new Set(facts.affected.map((row) => row.environment))],
      label: `#${number}`,
      words,
      body: sentenceOfPart(state),
    },
  };
}

interface Places {
  environments: Set<string>;
  /** Files that belong to no client's environment. */
  beyond: boolean;
}

function placesOf(reach: PullRequestReach | undefined): Places {
  const ofPaths = reach?.paths.map(clientEnvironmentOf) ?? [];
  const named = ofPaths.filter((name) => name !== undefined);
  return {
    environments: new Set([...(reach?.environments ?? []), ...named]),
    beyond: named.length < ofPaths.length,
  };
}

/** What is touched by the pull request that one takes back, and by those that it took back in turn. */
async function placesTakenBack(tx: Tx, first: number | null): Promise<Places> {
  const places: Places = { environments: new Set(), beyond: false };
  for (let number = first; number !== null;) {
    const taken = await pullRequestByNumber(tx, number);
    if (taken === undefined) return places;
    const own = placesOf((await reachOfPullRequests(tx, [taken.id])).get(taken.id));
    for (const name of own.environments) places.environments.add(name);
    places.beyond ||= own.beyond;
    number = taken.revertsNumber;
  }
  return places;
}
