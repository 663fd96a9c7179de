import { revertDrift } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { outcomeLines } from "../pull-requests/outcome.ts";

/** `plumb drift revert` */
export async function revertCase(context: Context, number: number, ticket: string | undefined): Promise<void> {
  const client = await context.client();
  const answer = await client.call(revertDrift, { params: { number }, body: { ticket } });
  context.print(answer, (shown, look) => outcomeLines("Opened", shown, look));
}
