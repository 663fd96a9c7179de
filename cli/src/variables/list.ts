import { listVariables } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { chooseRepository } from "../connection/choose-repository.ts";
import { table } from "../terminal/table.ts";
import { ago } from "../terminal/words.ts";

export interface ListOptions {
  environment?: string;
  repository?: string;
}

/** `plumb variables list` */
export async function listSealed(context: Context, options: ListOptions): Promise<void> {
  const client = await context.client();
  const repository = await chooseRepository(client, options.repository);
  const found = await client.call(listVariables, {
    query: { repository, environment: options.environment },
  });
  context.print(found, ({ items }, look) =>
    table(
      look,
      [
        { title: "ENVIRONMENT", least: 8 },
        { title: "COMPONENT", least: 8 },
        { title: "NAME", least: 12 },
        { title: "IN USE" },
        { title: "NEWEST" },
        { title: "SET BY", least: 6, extra: true },
        { title: "SET", extra: true },
      ],
      items.map(({ environment, component, name, used, versions }) => {
        const newest = versions.toSorted((left, right) => right.version - left.version)[0];
        return [
          environment,
          component,
          name,
          used === null ? "none" : String(used),
          String(newest?.version ?? ""),
          newest?.setBy ?? "",
          newest === undefined ? "" : ago(newest.setAt, look.now),
        ];
      }),
      "No sealed variables.",
    ),
  );
}
