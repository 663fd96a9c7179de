import { listNotifications } from "@plumbline/contract";
import type { Notification } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import type { Cell } from "../terminal/table.ts";
import { table } from "../terminal/table.ts";
import { ago, plural } from "../terminal/words.ts";

export interface ListOptions {
  undelivered?: boolean;
  limit: number;
}

/** `plumb notifications list` */
export async function listAll(context: Context, { undelivered, limit }: ListOptions): Promise<void> {
  const client = await context.client();
  const found = await client.call(listNotifications, {});
  const items = found.items.filter((one) => undelivered !== true || waiting(one).length > 0).slice(0, limit);
  context.print({ items }, (shown, look) => [
    ...table(
      look,
      [
        { title: "SENT" },
        { title: "EVENT" },
        { title: "SUBJECT", least: 16 },
        { title: "TO", least: 8, extra: true },
        { title: "DELIVERED", least: 10, extra: true },
      ],
      shown.items.map((one) => [
        ago(one.at, look.now),
        one.event.replaceAll("_", " "),
        one.subject,
        one.recipients.join(" "),
        deliveredCell(one),
      ]),
      "No notifications.",
    ),
    ...shown.items.flatMap((one) =>
      waiting(one).map(({ channel, address, attempts, lastError }) =>
        look.paint(
          "yellow",
          `${one.subject}: not at ${channel} (${address}) after ${plural(attempts, "attempt")}; ${lastError ?? "not sent yet"}`,
        ),
      ),
    ),
  ]);
}

function waiting({ deliveries }: Notification): Notification["deliveries"] {
  return deliveries.filter(({ deliveredAt }) => deliveredAt === null);
}

function deliveredCell(one: Notification): Cell {
  if (one.deliveries.length === 0) return { text: "no channel", style: "dim" };
  const missing = waiting(one).length;
  const text = `${one.deliveries.length - missing} of ${one.deliveries.length}`;
  return { text, style: missing > 0 ? "yellow" : "green" };
}
