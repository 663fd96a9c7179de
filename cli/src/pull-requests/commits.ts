import { getPullRequest } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { UsageFault } from "../command/faults.ts";
import { heading } from "../terminal/facts.ts";
import { plural } from "../terminal/words.ts";
import { commitTable, contributorLines } from "./commit-lines.ts";

export interface CommitsOptions {
  patchSet?: number;
}

/** `plumb prs commits`: of the newest patch set where none is named. */
export async function showCommits(context: Context, number: number, { patchSet }: CommitsOptions): Promise<void> {
  const client = await context.client();
  const { patchSets, patchSet: newest, contributors } = await client.call(getPullRequest, { params: { number } });
  const wanted = patchSet ?? newest;
  const found = patchSets.find((one) => one.number === wanted);
  if (found === undefined)
    throw new UsageFault(
      `#${number} has no patch set ${wanted}.`,
      `It has ${patchSets.map((one) => one.number).join(", ")}.`,
    );
  const { commits, base, commit, pushedBy } = found;
  context.print({ number: wanted, base, commit, pushedBy, commits, contributors }, (shown, look) => [
    `#${number}, patch set ${wanted}: ${plural(shown.commits.length, "commit")} over ${shown.base.slice(0, 12)}`,
    "",
    ...commitTable(shown.commits, look),
    ...(shown.contributors.length === 0 ? [] : heading(look, "Who has a part in it")),
    ...contributorLines(shown.contributors, look),
  ]);
}
