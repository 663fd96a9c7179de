import { listMainCommits } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { chooseRepository } from "../connection/choose-repository.ts";
import { table } from "../terminal/table.ts";
import { ago } from "../terminal/words.ts";

/** `plumb repositories commits` */
export async function listCommits(context: Context, named: string | undefined): Promise<void> {
  const client = await context.client();
  const repository = await chooseRepository(client, named, "Name one");
  const found = await client.call(listMainCommits, { params: { repository } });
  context.print(found, ({ items }, look) =>
    table(
      look,
      [
        { title: "COMMIT" },
        { title: "SUBJECT", least: 16 },
        { title: "BY", least: 6, extra: true },
        { title: "PR" },
        { title: "APPLIED IN", least: 8 },
        { title: "AT", extra: true },
      ],
      items.map(({ id, subject, author, pullRequest, applied, at }) => [
        id.slice(0, 12),
        subject,
        author,
        pullRequest === null ? "" : `#${pullRequest}`,
        applied.join(" "),
        ago(at, look.now),
      ]),
      "Main is empty.",
    ),
  );
}
