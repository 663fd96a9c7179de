import { problem } from "@plumbline/contract";
import { hashSecret } from "../people/secrets.ts";
import type { Db } from "../platform/database/index.ts";
import { runnerByTokenHash } from "./runner-store.ts";
import { runnerTokenOf } from "./runner-token.ts";
import type { RunnerIdentity } from "./runner.ts";

/** Milliseconds for which a token that was recognised need not be looked up again. */
const goodFor = 5_000;
const mostKept = 1_000;

/** Says whose token this is. */
export type AuthenticateRunner = (header: string | undefined) => Promise<RunnerIdentity>;

/**
 * Makes what answers who presents an Authorization header; it throws `not_signed_in` where that is no token of a runner.
 *
 * A runner calls many times a second, so an answer holds for five seconds. A token says who calls and not that they
 * still may: every use case looks in its own transaction whether the runner was revoked.
 */
export function runnerAuthentication(db: Db): AuthenticateRunner {
  const known = new Map<string, { runner: RunnerIdentity; until: number }>();
  return async (header) => {
    const token = runnerTokenOf(header);
    if (token === undefined) throw unknownToken();
    const hash = hashSecret(token);
    const key = hash.toString("base64");
    const now = performance.now();
    const kept = known.get(key);
    if (kept !== undefined && kept.until > now) return kept.runner;
    known.delete(key);
    const runner = await db.systemTransaction((tx) => runnerByTokenHash(tx, hash));
    if (runner === undefined) throw unknownToken();
    if (known.size >= mostKept) known.clear();
    known.set(key, { runner, until: now + goodFor });
    return runner;
  };
}

function unknownToken() {
  return problem("not_signed_in", "This is not the token of a registered runner.");
}
