import { exportAuditEvents, listAuditEvents } from "@plumbline/contract";
import type { AuditEvent } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { loadPages } from "../connection/pages.ts";
import type { Look } from "../terminal/look.ts";
import { table } from "../terminal/table.ts";
import { moment } from "../terminal/words.ts";
import { copyLines } from "./copy-lines.ts";

export interface AuditOptions {
  actor?: string;
  action?: string;
  workspace?: string;
  pullRequest?: number;
  from?: string;
  to?: string;
  limit: number;
  export?: boolean;
}

/** `plumb audit` */
export async function showAudit(context: Context, options: AuditOptions): Promise<void> {
  const { actor, action, workspace, pullRequest, from, to, limit } = options;
  const filters = { actor, action, workspace, pullRequest, from, to };
  const client = await context.client();
  if (options.export === true)
    return copyLines(await client.open(exportAuditEvents, { query: filters }), context.terminal);
  const found = await loadPages(limit, (page) => client.call(listAuditEvents, { query: { ...page, ...filters } }));
  context.print(found, ({ items }, look) => auditTable(items, look));
}

function auditTable(items: AuditEvent[], look: Look): string[] {
  return table(
    look,
    [
      { title: "ENTRY", align: "right" },
      { title: "AT" },
      { title: "WHO", least: 6 },
      { title: "ACTION", least: 10 },
      { title: "WHAT", least: 20 },
    ],
    items.map(({ sequence, at, actor, action, text }) => [
      String(sequence),
      moment(at),
      actor.kind === "person" ? actor.name : `${actor.name} (${actor.kind})`,
      action,
      text,
    ]),
    "No entries.",
  );
}
