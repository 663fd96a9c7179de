import { getTimeline } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { actedLines } from "../terminal/acted.ts";
import { moment } from "../terminal/words.ts";

/** `plumb prs timeline`: oldest first, so that the newest stands where the eye is. */
export async function showTimeline(context: Context, number: number): Promise<void> {
  const client = await context.client();
  const found = await client.call(getTimeline, { params: { number } });
  context.print(found, ({ items }, look) =>
    items.length === 0 ? ["Nothing has happened yet."] : actedLines(look, items.toReversed(), moment),
  );
}
