import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { AccountKey } from "./account-keys.ts";

/** One reading and one writing key for each account, and an administrator's key for all. */
export function createKeys(accounts: readonly string[]): AccountKey[] {
  const token = () => `lab_${randomBytes(24).toString("base64url")}`;
  return [
    ...accounts.flatMap((account): AccountKey[] => [
      { token: token(), name: `read-${account}`, accounts: [account], rights: "read" },
      { token: token(), name: `write-${account}`, accounts: [account], rights: "write" },
    ]),
    { token: token(), name: "administrator", accounts: ["*"], rights: "admin" },
  ];
}

/**
 * The keys in a file, made once where there is none (mode 0600).
 * @throws Error when the file is not a list of keys
 */
export function readOrCreateKeys(path: string, accounts: readonly string[]): AccountKey[] {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true });
    const keys = createKeys(accounts);
    writeFileSync(path, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
    return keys;
  }
  const keys: unknown = JSON.parse(readFileSync(path, "utf8"));
  if (Array.isArray(keys) && keys.every(isKey)) return keys;
  throw new Error(`${path} is not a list of keys {token, name, accounts, rights: "read" | "write" | "admin"}`);
}

function isKey(value: unknown): value is AccountKey {
  if (typeof value !== "object" || value === null) return false;
  const { token, name, accounts, rights } = value as Record<string, unknown>;
  return (
    typeof token === "string" &&
    typeof name === "string" &&
    Array.isArray(accounts) &&
    accounts.every((account) => typeof account === "string") &&
    (rights === "read" || rights === "write" || rights === "admin")
  );
}
