import { setTicket } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { outcomeLines } from "./outcome.ts";

/** `plumb prs ticket` */
export async function nameTicket(context: Context, number: number, ticket: string): Promise<void> {
  const client = await context.client();
  const answer = await client.call(setTicket, { params: { number }, body: { ticket } });
  context.print(answer, (shown, look) => outcomeLines("Ticket named", shown, look));
}
