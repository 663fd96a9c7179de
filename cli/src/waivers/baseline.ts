import { listKnownFindings } from "@plumbline/contract";
import type { KnownFinding } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { statusCell } from "../terminal/status-style.ts";
import { table } from "../terminal/table.ts";

/** Of which workspaces. */
export interface BaselineOptions {
  client?: string;
  repository?: string;
  workspace?: string;
}

/** `plumb waivers baseline` */
export async function listBaseline(context: Context, options: BaselineOptions): Promise<void> {
  const { repository, workspace } = options;
  const client = await context.client();
  const items: KnownFinding[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: KnownFinding[]; cursor: string | null } = await client.call(listKnownFindings, {
      query: {
        limit: 200,
        client: options.client,
        repository,
        workspace,
        ...(cursor === null ? {} : { cursor }),
      },
    });
    items.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== null);
  context.print({ items }, (shown, look) =>
    table(
      look,
      [
        { title: "WORKSPACE", least: 10 },
        { title: "SEVERITY" },
        { title: "RULE", least: 12 },
        { title: "ADDRESS", least: 10 },
        { title: "SINCE", extra: true },
        { title: "BLOCKS FROM" },
        { title: "OWNERS", extra: true },
      ],
      shown.items.map((one) => [
        one.workspace,
        statusCell(one.severity),
        one.rule,
        one.address ?? one.file ?? "",
        one.firstSeenAt.slice(0, 10),
        one.dueAt === null
          ? { text: "never", style: "dim" }
          : { text: one.dueAt.slice(0, 10), style: one.overdue ? "red" : undefined },
        one.owners.join(" "),
      ]),
      "Nothing that is applied has a finding.",
    ),
  );
}
