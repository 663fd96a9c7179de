import { existsSync, rmSync } from "node:fs";
import type { Db } from "../platform/database/pools.ts";
import { readRootKeyFile } from "../platform/sealing/index.ts";
import type { RootKey } from "../platform/sealing/index.ts";
import { acceptedRootKey, acceptRootKey } from "./accept-root-key.ts";
import { allOrganizations } from "./find-organization.ts";

/**
 * Reads the root key from its file and holds it against the one this installation is sealed with. Only the first start
 * on an empty database makes a key. Throws `config_invalid` for a key that is missing, readable by others, or another
 * one; a key file that was made just now is taken away again then.
 */
export async function openRootKey(db: Db, file: string): Promise<RootKey> {
  const accepted = await acceptedRootKey(db);
  const isNew = !existsSync(file);
  const mayCreate = accepted === undefined && (await allOrganizations(db)).length === 0;
  const rootKey = readRootKeyFile(file, { mayCreate });
  try {
    await acceptRootKey(db, rootKey.keyId, file);
  } catch (error) {
    if (isNew) rmSync(file, { force: true });
    throw error;
  }
  return rootKey;
}
