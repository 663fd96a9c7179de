import { listChannels } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { table } from "../terminal/table.ts";

/** `plumb channels list` */
export async function listAll(context: Context): Promise<void> {
  const client = await context.client();
  const found = await client.call(listChannels, {});
  context.print(found, ({ items }, look) =>
    table(
      look,
      [
        { title: "CHANNEL", least: 8 },
        { title: "KIND" },
        { title: "TO", least: 12 },
        { title: "ENVIRONMENTS", least: 8 },
        { title: "EVENTS", least: 16 },
        { title: "ID", least: 8 },
      ],
      items.map(({ name, kind, target, environments, events, id }) => [
        name,
        kind,
        target,
        environments.join(" "),
        events.join(" "),
        id,
      ]),
      "No channels. Next: plumb channels create NAME --kind slack --event held failed",
    ),
  );
}
