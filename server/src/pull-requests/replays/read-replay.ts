import type { Replay } from "@plumbline/contract";
import type { Actor } from "../../access/actor.ts";
import { authorize, may } from "../../access/authorize.ts";
import { keptToClients } from "../../access/kept-to-clients.ts";
import { readFacts } from "../facts.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import { pullRequestSeenBy } from "../sight.ts";
import { replayOfFacts, shownReplay } from "./replay-policies.ts";

/** What a pull request's change of policies would do, for the environments that the actor may read. */
export async function readReplay(context: PullRequestsContext, actor: Actor, number: number): Promise<Replay> {
  authorize(actor, "repository.read");
  return context.db.transaction(actor.organizationId, async (tx) => {
    const { pullRequest } = await pullRequestSeenBy(tx, context, actor, number);
    // What policies would do is told of the whole organization.
    if (keptToClients(actor)) return { state: "none", workspaces: [], findings: [], teams: [] };
    const facts = await readFacts(tx, context, pullRequest);
    const replay = await replayOfFacts(tx, context, facts);
    if (replay === undefined) return { state: "none", workspaces: [], findings: [], teams: [] };
    return shownReplay(replay, (environment) => may(actor, "environment.read", environment));
  });
}
