import type { Tx } from "../platform/database/pools.ts";

/** The id of the root key the installation is sealed with. */
export async function rootKeyIdOf(tx: Tx): Promise<string | undefined> {
  const row = await tx.selectFrom("installation").select("root_key_id").executeTakeFirst();
  return row?.root_key_id;
}

/** Writes the id of the root key where none stands yet; needs a system transaction. */
export async function insertRootKeyId(tx: Tx, keyId: string): Promise<void> {
  await tx
    .insertInto("installation")
    .values({ root_key_id: keyId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
