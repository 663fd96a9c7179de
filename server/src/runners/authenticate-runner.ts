import { problem } from "@plumbline/contract";
import type { Db } from "../platform/database/pools.ts";
import type { RunnerIdentity } from "./runner.ts";
import { runnerByTokenHash } from "./runner-store.ts";
import { hashSecret } from "../people/secrets.ts";
import { runnerTokenOf } from "./runner-token.ts";

/**
 * Who presents this Authorization header. Throws `not_signed_in` where it is no token of a runner, or of one that was
 * revoked.
 */
export async function authenticateRunner(db: Db, header: string | undefined): Promise<RunnerIdentity> {
  const token = runnerTokenOf(header);
  const runner =
    token === undefined ? undefined : await db.systemTransaction((tx) => runnerByTokenHash(tx, hashSecret(token)));
  if (runner === undefined) throw problem("not_signed_in", "This is not the token of a registered runner.");
  return runner;
}
