import { listWaivers } from "@plumbline/contract";
import type { Waiver } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import type { Look, Style } from "../terminal/look.ts";
import { table } from "../terminal/table.ts";
import { plural } from "../terminal/words.ts";

/** Which waivers. */
export interface ListOptions {
  client?: string;
  repository?: string;
  unused?: boolean;
  expiring?: boolean;
}

const styles: Record<Waiver["status"], Style> = {
  active: "green",
  expiring: "yellow",
  expired: "red",
};

/** `plumb waivers list` */
export async function listAll(context: Context, options: ListOptions): Promise<void> {
  const client = await context.client();
  const { repository } = options;
  const found = await client.call(listWaivers, { query: { client: options.client, repository } });
  const items = found.items
    .filter(({ hides }) => options.unused !== true || hides.length === 0)
    .filter(({ status }) => options.expiring !== true || status !== "active");
  context.print({ ...found, items }, ({ items: shown, problems }, look) => [
    ...table(
      look,
      [
        { title: "RULE", least: 12 },
        { title: "ADDRESS", least: 12 },
        { title: "ENVIRONMENT" },
        { title: "EXPIRES" },
        { title: "STATUS", extra: true },
        { title: "RENEWED", align: "right", extra: true },
        { title: "HIDES", align: "right", extra: true },
        { title: "OWNER", extra: true },
        { title: "TICKET", extra: true },
      ],
      shown.map((waiver) => [
        waiver.rule,
        waiver.address,
        waiver.environment,
        waiver.expires,
        { text: waiver.status, style: styles[waiver.status] },
        String(waiver.renewals),
        waiver.hides.length === 0 ? { text: "unused", style: "dim" } : String(waiver.hides.length),
        waiver.owner,
        waiver.ticket,
      ]),
      found.items.length === 0 ? "No waivers." : "No waiver is like that.",
    ),
    ...shown.flatMap((waiver) => detailLines(waiver, look)),
    ...problems.map(({ file, line, message }) => `${file}:${line}: ${look.paint("red", "error")}: ${message}`),
  ]);
}

function detailLines({ rule, environment, reason, hides }: Waiver, look: Look): string[] {
  if (hides.length === 0) return [];
  return [
    "",
    `${rule} in ${environment}: ${reason}`,
    `  hides ${plural(hides.length, "finding")}`,
    ...hides.map(
      (one) =>
        `    ${one.severity} ${one.title} ${look.paint("dim", `[${one.rule}]`)} ${one.workspace}${one.address === null ? "" : ` ${one.address}`}`,
    ),
  ];
}
