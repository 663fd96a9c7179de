import { createHash, timingSafeEqual } from "node:crypto";
import { CloudError } from "./cloud-error.ts";

/** A key to the cloud: who holds it, what it may do, and in which accounts ("*" for every one). */
export type AccountKey = {
  token: string;
  name: string;
  accounts: readonly string[];
  rights: "read" | "write" | "admin";
};

export const ACCOUNT_NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;

/**
 * The key that a request carries as `Authorization: Bearer <token>`.
 * @throws CloudError 401 when there is none or it is not known
 */
export function authenticate(keys: readonly AccountKey[], authorization: string | undefined): AccountKey {
  const token = /^Bearer (\S+)$/i.exec(authorization ?? "")?.[1];
  if (token === undefined)
    throw new CloudError(401, "no_key", "Send a key of the lab cloud in the header Authorization: Bearer <key>.");
  const given = digest(token);
  const key = keys.find((candidate) => timingSafeEqual(digest(candidate.token), given));
  if (!key) throw new CloudError(401, "wrong_key", "The lab cloud does not know this key.");
  return key;
}

/**
 * The account that a request is for: the one it names, else the only one of its key.
 * @throws CloudError 400 when it must be named, 403 when the key does not open it
 */
export function chooseAccount(key: AccountKey, named: string | undefined): string {
  const [only, ...others] = key.accounts;
  const account = named ?? (others.length === 0 && only !== "*" ? only : undefined);
  if (account === undefined || !ACCOUNT_NAME.test(account))
    throw new CloudError(400, "no_account", "Name the account in the header Lab-Account, such as dev or prod.");
  if (!key.accounts.includes("*") && !key.accounts.includes(account))
    throw new CloudError(403, "wrong_account", `The key "${key.name}" does not open the account "${account}".`);
  return account;
}

/** @throws CloudError 403 when the key may not do it */
export function requireRight(key: AccountKey, right: "write" | "admin"): void {
  if (key.rights === "admin" || key.rights === right) return;
  throw new CloudError(
    403,
    "not_allowed",
    right === "write"
      ? `The key "${key.name}" may only read. Use a writing key to change resources.`
      : `The key "${key.name}" may not inject faults. Use an administrator's key.`,
  );
}

function digest(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
