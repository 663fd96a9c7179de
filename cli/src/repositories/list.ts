import { listRepositories } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { table } from "../terminal/table.ts";
import { problemLines } from "./problem-lines.ts";

/** `plumb repositories list` */
export async function listAll(context: Context): Promise<void> {
  const client = await context.client();
  const found = await client.call(listRepositories, {});
  context.print(found, ({ items }, look) => [
    ...table(
      look,
      [
        { title: "REPOSITORY", least: 12 },
        { title: "MAIN" },
        { title: "COMPONENTS", align: "right" },
        { title: "ENVIRONMENTS", least: 12 },
        { title: "GIT", least: 20 },
      ],
      items.map(({ name, headCommit, components, environments, gitUrl }) => [
        name,
        headCommit?.slice(0, 12) ?? "empty",
        String(components.length),
        environments.map((environment) => environment.name).join(" "),
        gitUrl,
      ]),
      "No repositories.",
    ),
    ...items.flatMap((one) => problemLines(one, look)),
  ]);
}
