import { listWorkspaces } from "@plumbline/contract";
import type { WorkspaceState } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { loadPages } from "../connection/pages.ts";
import { statusCell } from "../terminal/status-style.ts";
import { table } from "../terminal/table.ts";
import { workspaceNames } from "../terminal/workspace-names.ts";
import { ago } from "../terminal/words.ts";

export interface ListOptions {
  client?: string;
  repository?: string;
  environment?: string;
  state?: WorkspaceState;
  /** Words that the name holds. */
  search?: string;
}

/** `plumb workspaces list` */
export async function listAll(
  context: Context,
  { client: wanted, repository, environment, state, search }: ListOptions,
): Promise<void> {
  const client = await context.client();
  let sums = { total: 0, inSync: 0 };
  const all = await loadPages(Number.POSITIVE_INFINITY, async (page) => {
    const answer = await client.call(listWorkspaces, {
      query: { ...page, client: wanted, repository, environment, state, search },
    });
    sums = { total: answer.total, inSync: answer.inSync };
    return answer;
  });
  context.print({ ...all, ...sums }, (found, look) => {
    const named = workspaceNames(found.items);
    return table(
      look,
      [
        { title: "WORKSPACE", least: 16 },
        { title: "LAYER", least: 6, extra: true },
        { title: "STATE" },
        { title: "RESOURCES", align: "right", extra: true },
        { title: "VERIFIED", extra: true },
        { title: "", least: 12, extra: true },
      ],
      found.items.map((item) => [
        named(item.repository, item.name),
        item.layer,
        statusCell(item.state),
        String(item.resources),
        { text: ago(item.verifiedAt, look.now), style: item.overdue ? "yellow" : undefined },
        item.sentence,
      ]),
      "No workspaces.",
    );
  });
}
