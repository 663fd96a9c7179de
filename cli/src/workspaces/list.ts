import { listWorkspaces } from "@plumbline/contract";
import type { WorkspaceState, WorkspaceSummary } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { statusCell } from "../terminal/status-style.ts";
import { table } from "../terminal/table.ts";
import { ago } from "../terminal/words.ts";

export interface ListOptions {
  client?: string;
  repository?: string;
  environment?: string;
  state?: WorkspaceState;
}

/** `plumb workspaces list` */
export async function listAll(
  context: Context,
  { client: wanted, repository, environment, state }: ListOptions,
): Promise<void> {
  const client = await context.client();
  const items: WorkspaceSummary[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.call(listWorkspaces, {
      query: { client: wanted, repository, environment, state, cursor, limit: 500 },
    });
    items.push(...page.items);
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined);
  context.print({ items }, (found, look) =>
    table(
      look,
      [
        { title: "WORKSPACE", least: 16 },
        { title: "LAYER", least: 6 },
        { title: "STATE" },
        { title: "RESOURCES", align: "right" },
        { title: "VERIFIED" },
        { title: "", least: 12 },
      ],
      found.items.map((item) => [
        item.name,
        item.layer,
        statusCell(item.state),
        String(item.resources),
        { text: ago(item.verifiedAt, look.now), style: item.overdue ? "yellow" : undefined },
        item.sentence,
      ]),
      "No workspaces.",
    ),
  );
}
