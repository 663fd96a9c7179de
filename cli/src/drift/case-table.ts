import type { DriftCaseSummary } from "@plumbline/contract";
import type { Look } from "../terminal/look.ts";
import { statusCell } from "../terminal/status-style.ts";
import { table } from "../terminal/table.ts";
import { workspaceNames } from "../terminal/workspace-names.ts";
import { ago } from "../terminal/words.ts";

/** Drift cases as a table. */
export function caseTable(items: readonly DriftCaseSummary[], look: Look, empty = "No drift."): string[] {
  const named = workspaceNames(items);
  return table(
    look,
    [
      { title: "CASE", align: "right" },
      { title: "STATUS" },
      { title: "SEVERITY" },
      { title: "WORKSPACE", least: 16 },
      { title: "OPENED", extra: true },
      { title: "PR", extra: true },
      { title: "OWNERS", least: 6, extra: true },
      { title: "WHAT", least: 16 },
    ],
    items.map((item) => [
      String(item.number),
      statusCell(item.status),
      statusCell(item.severity),
      named(item.repository, item.workspace),
      ago(item.openedAt, look.now),
      item.pullRequest === null ? "" : `#${item.pullRequest}`,
      item.owners.join(" "),
      item.title,
    ]),
    empty,
  );
}
