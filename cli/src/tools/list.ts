import { listTools } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { table } from "../terminal/table.ts";
import { plural } from "../terminal/words.ts";

const shownHash = 12;

/** `plumb tools list` */
export async function listAll(context: Context): Promise<void> {
  const client = await context.client();
  const tools = await client.call(listTools, {});
  context.print(tools, ({ items, found }, look) => [
    ...table(
      look,
      [
        { title: "ENGINE" },
        { title: "VERSION" },
        { title: "PLATFORM", extra: true },
        { title: "SHA-256" },
        { title: "STATUS" },
        { title: "RUNNERS", least: 8, extra: true },
        { title: "FROM", least: 8, extra: true },
      ],
      [
        ...items.map((tool) => [
          tool.name,
          tool.version,
          tool.platform,
          tool.sha256.slice(0, shownHash),
          tool.withdrawnAt === null
            ? { text: "accepted", style: "green" as const }
            : { text: "withdrawn", style: "dim" as const },
          tool.runners.join(" "),
          tool.source,
        ]),
        ...found
          .filter(({ sha256 }) => items.every((tool) => tool.sha256 !== sha256))
          .map((tool) => [
            tool.name,
            tool.version,
            tool.platform,
            tool.sha256.slice(0, shownHash),
            { text: "not accepted", style: "yellow" as const },
            tool.runners.join(" "),
            "",
          ]),
      ],
      "No engines: no runner has one, and none is accepted.",
    ),
    ...(found.length === 0
      ? []
      : [`${plural(found.length, "engine")} not accepted: plumb tools accept NAME VERSION, or no run uses it.`]),
  ]);
}
