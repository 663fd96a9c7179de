import { secretKind } from "../people/secrets.ts";

/** The runner token of an Authorization header, `Bearer plr_…`, or Basic with the token as password (state backend). */
export function runnerTokenOf(header: string | undefined): string | undefined {
  if (header === undefined || header.length > 1_000) return undefined;
  const [scheme, value] = header.split(" ", 2);
  if (value === undefined) return undefined;
  if (scheme?.toLowerCase() === "bearer") return secretKind(value) === "runner" ? value : undefined;
  if (scheme?.toLowerCase() !== "basic") return undefined;
  const pair = Buffer.from(value, "base64").toString("utf8");
  const password = pair.slice(pair.indexOf(":") + 1);
  return secretKind(password) === "runner" ? password : undefined;
}
