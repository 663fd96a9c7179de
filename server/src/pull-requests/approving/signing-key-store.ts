import type { Tx } from "../../platform/database/pools.ts";

/** The organization's newest signing key; undefined before the first approval. */
export async function newestSigningKey(tx: Tx): Promise<{ keyId: string; sealedPrivateKey: Buffer } | undefined> {
  return tx
    .selectFrom("organization_keys")
    .select(["key_id as keyId", "sealed_private_key as sealedPrivateKey"])
    .where("purpose", "=", "signing")
    .orderBy("created_at", "desc")
    .orderBy("key_id", "desc")
    .executeTakeFirst();
}

/** Adds a key. Public: SPKI in DER; private: PKCS #8 in DER, sealed. */
export async function insertSigningKey(
  tx: Tx,
  key: { organizationId: string; keyId: string; publicKey: Buffer; sealedPrivateKey: Buffer },
): Promise<void> {
  await tx
    .insertInto("organization_keys")
    .values({
      organization_id: key.organizationId,
      key_id: key.keyId,
      purpose: "signing",
      public_key: key.publicKey,
      sealed_private_key: key.sealedPrivateKey,
    })
    .execute();
}
