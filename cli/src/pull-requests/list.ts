import { listPullRequests } from "@plumbline/contract";
import type { PullRequestStatus, PullRequestSummary } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { loadPages } from "../connection/pages.ts";
import type { Look } from "../terminal/look.ts";
import { statusCell } from "../terminal/status-style.ts";
import { table } from "../terminal/table.ts";
import { ago, countsText } from "../terminal/words.ts";

export interface ListOptions {
  client?: string;
  status?: PullRequestStatus;
  mine?: boolean;
  search?: string;
  repository?: string;
  limit: number;
}

/** `plumb prs list` */
export async function listPrs(
  context: Context,
  { client: wanted, status, mine, search, repository, limit }: ListOptions,
): Promise<void> {
  const client = await context.client();
  const found = await loadPages(limit, (page) =>
    client.call(listPullRequests, {
      query: { ...page, client: wanted, status, repository, search, ...(mine === true ? { waitsForMe: "true" } : {}) },
    }),
  );
  context.print(found, ({ items }, look) => pullRequestTable(items, look));
}

function pullRequestTable(items: PullRequestSummary[], look: Look): string[] {
  return table(
    look,
    [
      { title: "PR", align: "right" },
      { title: "STATE" },
      { title: "TITLE", least: 16 },
      { title: "BY", least: 4, extra: true },
      { title: "ENVIRONMENTS", least: 8, extra: true },
      { title: "PLAN", least: 6 },
      { title: "WORST" },
      { title: "UPDATED", extra: true },
    ],
    items.map((item) => [
      { text: `#${item.number}`, style: item.waitsForMe ? "bold" : undefined },
      statusCell(item.state),
      item.title,
      item.openedBy?.name ?? "plumbline",
      item.environments.join(" "),
      countsText(item.counts),
      item.worst === null ? "" : statusCell(item.worst),
      ago(item.updatedAt, look.now),
    ]),
    "No pull requests.",
  );
}
