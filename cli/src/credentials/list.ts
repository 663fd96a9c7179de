import { listCredentials } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { table } from "../terminal/table.ts";
import { ago } from "../terminal/words.ts";

/** `plumb credentials list` */
export async function listAll(context: Context): Promise<void> {
  const client = await context.client();
  const found = await client.call(listCredentials, {});
  context.print(found, ({ items }, look) =>
    table(
      look,
      [
        { title: "CREDENTIAL", least: 8 },
        { title: "PHASE" },
        { title: "SETS", least: 16 },
        { title: "BY", least: 6 },
        { title: "CHANGED" },
      ],
      items.map(({ name, phase, variables, updatedBy, updatedAt }) => [
        name,
        phase,
        variables.join(" "),
        updatedBy,
        ago(updatedAt, look.now),
      ]),
      "No credentials. Next: plumb credentials set NAME --phase plan VARIABLE…",
    ),
  );
}
