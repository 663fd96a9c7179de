import { listControlCatalogues } from "@plumbline/contract";
import type { ControlCounts } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { table } from "../terminal/table.ts";
import type { Cell } from "../terminal/table.ts";
import { whileJudged } from "./while-judged.ts";

/** `plumb controls list` */
export async function listCatalogues(context: Context, options: { client?: string }): Promise<void> {
  const client = await context.client();
  const asked = client.call(listControlCatalogues, { query: { client: options.client } });
  const found = await whileJudged(context, client, asked);
  context.print(found, ({ items }, look) => {
    const environments = [...new Set(items.flatMap((item) => Object.keys(item.environments)))];
    return table(
      look,
      [
        { title: "CATALOGUE" },
        { title: "TITLE", least: 12, extra: true },
        { title: "CONTROLS", align: "right", extra: true },
        ...environments.map((name) => ({ title: name.toUpperCase() })),
      ],
      items.map(({ slug, title, controls, environments: counts }) => [
        slug,
        title,
        String(controls),
        ...environments.map((name) => countsCell(counts[name])),
      ]),
      "No catalogues.",
    );
  });
}

function countsCell(counts: ControlCounts | undefined): Cell {
  if (counts === undefined) return { text: "" };
  const { pass, fail, waived, unknown } = counts;
  const parts = [`${pass} pass`, `${fail} fail`];
  if (waived > 0) parts.push(`${waived} waived`);
  if (unknown > 0) parts.push(`${unknown} after apply`);
  return { text: parts.join(", "), style: fail > 0 ? "red" : "green" };
}
