import { listClients } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { table } from "../terminal/table.ts";

/** `plumb clients list` */
export async function listAll(context: Context): Promise<void> {
  const client = await context.client();
  context.print(await client.call(listClients, {}), ({ items }, look) =>
    table(
      look,
      [
        { title: "CLIENT", least: 8 },
        { title: "ENVIRONMENTS", least: 12 },
        { title: "IN SYNC", align: "right" },
        { title: "DRIFT", align: "right" },
        { title: "NOT CODE", align: "right" },
      ],
      items.map(({ name, environments, workspaces, inSync, driftCases, missing }) => [
        name,
        environments.map((one) => one.name).join(" "),
        { text: `${inSync} of ${workspaces}`, style: inSync === workspaces ? "green" : "yellow" },
        { text: String(driftCases), style: driftCases > 0 ? "red" : undefined },
        String(missing),
      ]),
      "No environment belongs to a client: one is named client/environment, such as globex/prod.",
    ),
  );
}
