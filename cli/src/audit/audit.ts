import { countAuditEvents, exportAuditEvents, getAuditEvent, listAuditEvents } from "@plumbline/contract";
import type { AuditEvent, ResponseOf } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { UsageFault } from "../command/faults.ts";
import { loadPages } from "../connection/pages.ts";
import { printableLine } from "../terminal/clean.ts";
import type { Look } from "../terminal/look.ts";
import { table } from "../terminal/table.ts";
import { moment, plural } from "../terminal/words.ts";
import { copyLines } from "./copy-lines.ts";
import { entryLines } from "./entry-lines.ts";

export interface AuditOptions {
  client?: string;
  actor?: string;
  action?: string;
  workspace?: string;
  pullRequest?: number;
  from?: string;
  to?: string;
  limit: number;
  export?: boolean;
  counts?: boolean;
}

/** `plumb audit`; with a number `plumb audit 912`, that entry. */
export async function showAudit(context: Context, entry: number | undefined, options: AuditOptions): Promise<void> {
  if (entry !== undefined) return showEntry(context, entry, options);
  const { actor, action, workspace, pullRequest, from, to, limit } = options;
  const filters = { client: options.client, actor, action, workspace, pullRequest, from, to };
  const client = await context.client();
  if (options.export === true)
    return copyLines(await client.open(exportAuditEvents, { query: filters }), context.terminal);
  if (options.counts === true)
    return context.print(await client.call(countAuditEvents, { query: filters }), countLines);
  const found = await loadPages(limit, (page) => client.call(listAuditEvents, { query: { ...page, ...filters } }));
  context.print(found, ({ items }, look) => auditTable(items, look));
}

async function showEntry(context: Context, number: number, options: AuditOptions): Promise<void> {
  if (Object.keys(options).some((name) => name !== "limit" && name !== "json"))
    throw new UsageFault("A number names one entry; nothing else narrows it.", `Write plumb audit ${number}.`);
  const client = await context.client();
  context.print(await client.call(getAuditEvent, { params: { number } }), entryLines);
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
      // A sentence that holds what people wrote: its line ends must not make lines that look like entries.
      printableLine(text),
    ]),
    "No entries.",
  );
}

/** A line for each step that has entries, with a bar as long as it has many. */
function countLines({ from, stepSeconds, counts, total }: ResponseOf<typeof countAuditEvents>, look: Look): string[] {
  const most = Math.max(1, ...counts);
  const rows = counts.flatMap((count, index) => {
    if (count === 0) return [];
    const at = new Date(Date.parse(from) + index * stepSeconds * 1000).toISOString();
    return [[moment(at), String(count), "#".repeat(Math.ceil((30 * count) / most))]];
  });
  const columns = [{ title: "FROM" }, { title: "ENTRIES", align: "right" as const }, { title: "" }];
  return [...table(look, columns, rows, "No entries."), `${plural(total, "entry", "entries")} from ${moment(from)}.`];
}
