import { listRuns } from "@plumbline/contract";
import type { RunKind, RunStatus, RunSummary } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { loadPages } from "../connection/pages.ts";
import type { Look } from "../terminal/look.ts";
import { statusCell } from "../terminal/status-style.ts";
import { table } from "../terminal/table.ts";
import { workspaceNames } from "../terminal/workspace-names.ts";
import { ago, countsText } from "../terminal/words.ts";

export interface ListOptions {
  client?: string;
  repository?: string;
  workspace?: string;
  environment?: string;
  kind?: RunKind;
  status?: RunStatus;
  pullRequest?: number;
  search?: string;
  limit: number;
}

/** `plumb runs list` */
export async function listAllRuns(context: Context, options: ListOptions): Promise<void> {
  const { repository, workspace, environment, kind, status, pullRequest, search, limit } = options;
  const client = await context.client();
  const found = await loadPages(limit, (page) =>
    client.call(listRuns, {
      query: { ...page, client: options.client, repository, workspace, environment, kind, status, pullRequest, search },
    }),
  );
  context.print(found, ({ items }, look) => runTable(items, look));
}

function runTable(items: RunSummary[], look: Look): string[] {
  const named = workspaceNames(items);
  return table(
    look,
    [
      { title: "RUN", align: "right" },
      { title: "KIND" },
      { title: "STATUS" },
      { title: "WORKSPACE", least: 16 },
      { title: "PR" },
      { title: "PLAN", least: 6 },
      { title: "CREATED", extra: true },
      { title: "", least: 10, extra: true },
    ],
    items.map((run) => [
      String(run.number),
      run.destroy ? `${run.kind} (destroy)` : run.kind,
      statusCell(run.status),
      named(run.repository, run.workspace),
      run.pullRequest === null ? "" : `#${run.pullRequest}`,
      countsText(run.counts),
      ago(run.createdAt, look.now),
      run.reason ?? "",
    ]),
    "No runs.",
  );
}
