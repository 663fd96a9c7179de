import { createHash, randomBytes } from "node:crypto";

const prefix = "plr_";

/** A new token of a runner: 32 random bytes. It is shown once. */
export function newRunnerToken(): string {
  return prefix + randomBytes(32).toString("base64url");
}

/** What is kept of a token. */
export function hashRunnerToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/** The runner token of an Authorization header, `Bearer plr_…`, or Basic with the token as password (state backend). */
export function runnerTokenOf(header: string | undefined): string | undefined {
  if (header === undefined || header.length > 1_000) return undefined;
  const [scheme, value] = header.split(" ", 2);
  if (value === undefined) return undefined;
  if (scheme?.toLowerCase() === "bearer") return value.startsWith(prefix) ? value : undefined;
  if (scheme?.toLowerCase() !== "basic") return undefined;
  const pair = Buffer.from(value, "base64").toString("utf8");
  const password = pair.slice(pair.indexOf(":") + 1);
  return password.startsWith(prefix) ? password : undefined;
}
