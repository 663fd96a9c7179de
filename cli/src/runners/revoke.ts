import { revokeRunner } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { confirm } from "../terminal/prompt.ts";
import { printableLine } from "../terminal/clean.ts";

/** `plumb runners revoke` */
export async function revoke(context: Context, name: string, isConfirmed: boolean): Promise<void> {
  if (!isConfirmed)
    await confirm(context.terminal, `What ${printableLine(name)} runs loses its lease. Type its name: `, name);
  const client = await context.client();
  await client.call(revokeRunner, { params: { name } });
  context.print({ revoked: name }, (shown) => [`Revoked ${shown.revoked}.`]);
}
