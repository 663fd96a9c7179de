import { comparePatchSets, getPullRequest } from "@plumbline/contract";
import type { PatchSetPlan } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { UsageFault } from "../command/faults.ts";
import { heading } from "../terminal/facts.ts";
import { table } from "../terminal/table.ts";
import { countsText } from "../terminal/words.ts";
import { fileTable } from "./files.ts";

/** `plumb prs compare`: two patch sets; the last two where none is named. */
export async function compare(
  context: Context,
  number: number,
  named: { from: number | undefined; to: number | undefined },
): Promise<void> {
  const client = await context.client();
  const to = named.to ?? (await client.call(getPullRequest, { params: { number } })).patchSet;
  const from = named.from ?? to - 1;
  if (from < 1)
    throw new UsageFault(`#${number} has one patch set only.`, `plumb prs files ${number} shows what it changes.`);
  const found = await client.call(comparePatchSets, { params: { number }, query: { from, to } });
  context.print(found, ({ workspaces, files, otherBase }, look) => [
    `#${number}: patch set ${from} against ${to}${otherBase ? ", planned against another commit of main" : ""}`,
    ...heading(look, "Plans"),
    ...table(
      look,
      [{ title: "WORKSPACE", least: 16 }, { title: "" }, { title: `SET ${from}` }, { title: `SET ${to}` }],
      workspaces.map((one) => [one.workspace, one.change, planText(one.from), planText(one.to)]),
      "No workspace is affected.",
    ),
    ...heading(look, "Files"),
    ...fileTable(files, look),
  ]);
}

function planText(plan: PatchSetPlan | null): string {
  return plan === null ? "-" : `${countsText(plan.counts)}, run ${plan.run} ${plan.status}`;
}
