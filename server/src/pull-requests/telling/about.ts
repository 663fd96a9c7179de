import type { PullRequestSummary } from "@plumbline/contract";
import type { Notice } from "../../notifications/notify.ts";
import type { Tx } from "../../platform/database/pools.ts";
import { touchedEnvironments } from "../facts.ts";
import type { PullRequestFacts } from "../facts.ts";
import { sentenceOfPart } from "../narrow-facts.ts";
import { touchedBy } from "../touched.ts";
import type { SightContext } from "../touched.ts";

/**
 * What news of a pull request are about, and what of them is told to who sees a part of it: the same that its page shows
 * him, decided by all that its patch sets ever touched and by what it takes back, whose title it carries.
 */
export async function aboutOf(
  tx: Tx,
  context: SightContext,
  facts: PullRequestFacts,
  { state, words }: { state: PullRequestSummary["state"]; words: string },
): Promise<Pick<Notice, "environments" | "part">> {
  const { id, number } = facts.pullRequest;
  const own = (await touchedBy(tx, context, [facts.pullRequest])).get(id);
  const environments = new Set([...(own?.environments ?? []), ...touchedEnvironments(facts)]);
  const { takenBack } = own ?? { takenBack: null };
  return {
    environments: [...environments],
    part: {
      beyond:
        own?.beyond !== false ||
        takenBack?.beyond === true ||
        [...(takenBack?.environments ?? [])].some((name) => !environments.has(name)),
      environments: [...new Set(facts.affected.map((row) => row.environment))],
      label: `#${number}`,
      words,
      body: sentenceOfPart(state),
    },
  };
}
