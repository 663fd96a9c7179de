import { problem } from "@plumbline/contract";
import type { Db } from "../platform/database/pools.ts";
import { insertRootKeyId, rootKeyIdOf } from "./installation-store.ts";

/** The id of the root key that this installation is sealed with; undefined before its first start. */
export async function acceptedRootKey(db: Db): Promise<string | undefined> {
  return db.systemTransaction(rootKeyIdOf);
}

/**
 * Writes down at the first start which root key the installation is sealed with, and holds every later start against
 * it. Throws `config_invalid` for another key: what its server sealed, the other servers could not read.
 */
export async function acceptRootKey(db: Db, keyId: string, file: string): Promise<void> {
  const accepted = await db.systemTransaction(async (tx) => {
    await insertRootKeyId(tx, keyId);
    return rootKeyIdOf(tx);
  });
  if (accepted === keyId) return;
  throw problem(
    "config_invalid",
    `rootKey.file: ${file} holds the root key ${keyId}, but this database is sealed with the root key ${accepted}.`,
    {
      next: "Put the right key file there (from its copy, or from a server of this installation that runs), or name the right database in database.url.",
    },
  );
}
