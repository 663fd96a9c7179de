import { revokeToken } from "@plumbline/contract";
import type { Context } from "../command/context.ts";

/** `plumb tokens revoke` */
export async function revoke(context: Context, id: string): Promise<void> {
  const client = await context.client();
  await client.call(revokeToken, { params: { id } });
  context.print({ revoked: id }, (shown) => [`Revoked ${shown.revoked}.`]);
}
