/** What a name says about its value. */
export type SecretName = "password" | "key";

const passwords = new Set(["password", "passwd", "passphrase", "pwd", "pass", "psk"]);
const keys = new Set(["secret", "token", "apikey", "credential", "credentials", "privatekey", "secretkey"]);
/** Words that make a key of the word after them. */
const beforeKey = new Set([
  "api",
  "access",
  "secret",
  "private",
  "auth",
  "account",
  "shared",
  "encryption",
  "signing",
  "master",
  "preshared",
  "storage",
  "license",
  "licence",
]);
/** Words that may follow without changing what it is; `wo` is a provider's word for what is written and never read. */
const trailing =
  /^(?:wo|value|string|text|plain|plaintext|default|base64|b64|prod|production|dev|test|staging|primary|secondary|old|new|current|\d+)$/;

/** What every such name has somewhere; most names are none. */
const telling = /pass|pwd|psk|secret|token|key|credential/i;

/** `db_password`, `clientSecret`, `API-KEY`, `master_password_2`; not `password_length`, `secret_arn`, `access_key_id`. */
export function secretName(name: string): SecretName | undefined {
  if (!telling.test(name)) return undefined;
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  while (words.length > 1 && trailing.test(words.at(-1) ?? "")) words.pop();
  const last = words.at(-1) ?? "";
  if (passwords.has(last)) return last === "pass" && words.length === 1 ? undefined : "password";
  if (keys.has(last)) return "key";
  return last === "key" && beforeKey.has(words.at(-2) ?? "") ? "key" : undefined;
}
