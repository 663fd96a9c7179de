import { listRunners } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { table } from "../terminal/table.ts";
import { ago, plural } from "../terminal/words.ts";

/** `plumb runners list` */
export async function listAll(context: Context): Promise<void> {
  const client = await context.client();
  const found = await client.call(listRunners, {});
  context.print(found, ({ items, queued }, look) => [
    ...table(
      look,
      [
        { title: "RUNNER", least: 10 },
        { title: "STATUS" },
        { title: "BUSY", align: "right" },
        { title: "ENVIRONMENTS", least: 8 },
        { title: "ENGINES", least: 8, extra: true },
        { title: "SEEN" },
      ],
      items.map((runner) => [
        runner.name,
        runner.revokedAt !== null
          ? { text: "revoked", style: "dim" }
          : { text: runner.online ? "online" : "offline", style: runner.online ? "green" : "red" },
        `${runner.busy}/${runner.capacity ?? "?"}`,
        runner.environments.join(" "),
        runner.engines.map(({ name, version }) => `${name} ${version}`).join(", "),
        ago(runner.lastSeenAt, look.now),
      ]),
      "No runners.",
    ),
    `${plural(queued, "job")} queued.`,
  ]);
}
