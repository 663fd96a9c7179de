import { createHash, randomBytes } from "node:crypto";

/** Sessions, API tokens and runner tokens: 32 random bytes; the prefix tells a leaked one's kind. */
const prefixes = { session: "pls_", token: "plt_", runner: "plr_" } as const;
export type SecretKind = keyof typeof prefixes;

/** Makes a new secret: its text, shown once, and the hash that is kept. */
export function newSecret(kind: SecretKind): { text: string; hash: Buffer } {
  const text = prefixes[kind] + randomBytes(32).toString("base64url");
  return { text, hash: hashSecret(text) };
}

/** SHA-256 is enough for 256 random bits; nothing can be guessed. */
export function hashSecret(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/** Which kind a presented secret claims to be, by its prefix. */
export function secretKind(text: string): SecretKind | undefined {
  if (text.startsWith(prefixes.session)) return "session";
  if (text.startsWith(prefixes.token)) return "token";
  if (text.startsWith(prefixes.runner)) return "runner";
  return undefined;
}
