import type { Tx } from "../../platform/database/pools.ts";
import type { PullRequestFacts } from "../facts.ts";
import { aboutOf } from "./about.ts";
import { heldApprovers, heldPlans } from "../approving/held-plans.ts";
import { markTold, wasTold } from "./told-store.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import type { stateOf } from "../showing/shown-state.ts";
import type { Notice } from "../../notifications/notify.ts";

/** Tells people what waits for them; once for each thing, however often it is looked at. */
export async function tellPeople(
  tx: Tx,
  context: PullRequestsContext,
  facts: PullRequestFacts,
  { state, sentence, gate }: ReturnType<typeof stateOf>,
): Promise<void> {
  const { pullRequest } = facts;
  const news = newsOf(
    facts,
    state,
    gate.filter((condition) => !condition.met).flatMap((condition) => condition.who),
  );
  if (news === null) return;
  if (await wasTold(tx, pullRequest.id, news.key)) return;
  await markTold(tx, pullRequest.id, news.key);
  await context.notify(tx, pullRequest.organizationId, {
    event: news.event,
    subject: `#${pullRequest.number} ${pullRequest.title}: ${news.words}`,
    body: sentence,
    link: `/pull-requests/${pullRequest.number}`,
    recipients: idsOf(facts, news.names),
    ...(await aboutOf(tx, context, facts, { state, words: news.words })),
  });
}

interface News {
  event: Notice["event"];
  /** Equal for the same news. */
  key: string;
  words: string;
  names: readonly string[];
}

function newsOf(facts: PullRequestFacts, state: string, wanted: readonly string[]): News | null {
  const proposer = facts.people.find((person) => person.id === facts.pullRequest.openedBy)?.name;
  const mine = proposer === undefined ? [] : [proposer];
  const runs = [...facts.applies.values()].map((run) => `${run.number}/${run.attempt}/${run.status}`).join(",");
  switch (state) {
    case "waits":
      return {
        event: "approval_wanted",
        key: `waits/${facts.patchSet.number}`,
        words: "approval wanted",
        names: wanted,
      };
    case "held": {
      const digests = heldPlans(facts).map(({ run }) => `${run.number}/${run.digest ?? ""}`);
      return {
        event: "held",
        key: `held/${digests.join(",")}`,
        words: "held for approval",
        names: heldApprovers(facts),
      };
    }
    case "failed": {
      const unknown = [...facts.applies.values()].some((run) => run.status === "unknown");
      return unknown
        ? { event: "unknown", key: `unknown/${runs}`, words: "a run ended in an unknown way", names: [] }
        : { event: "failed", key: `failed/${runs}`, words: "an apply failed", names: mine };
    }
    case "applied":
      return facts.applies.size === 0 ? null : { event: "applied", key: "applied", words: "applied", names: mine };
    default:
      return null;
  }
}

function idsOf(facts: PullRequestFacts, names: readonly string[]): string[] {
  const wanted = new Set(names);
  return facts.people.filter((person) => wanted.has(person.name)).map((person) => person.id);
}
