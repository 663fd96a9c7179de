import { createHmac } from "node:crypto";
import type { LintHit } from "../lint/lint-rules.ts";
import { findSecrets } from "./find-secrets.ts";
import type { FoundSecret } from "./found-secret.ts";
import { isHcl } from "./mask-diff.ts";
import type { SecretMask } from "./mask.ts";
import { ruleOf } from "./secret-rules.ts";

/**
 * Finds the credentials in files (path → text) and notes them in the mask. What tells one from another is its kind and,
 * with a key, a fingerprint of its value that nobody can compute without that key; else its number in the file.
 */
export function findInFiles(files: ReadonlyMap<string, string>, mask: SecretMask, key: string | undefined): LintHit[] {
  return [...files].flatMap(([path, text]) => {
    const secrets = findSecrets(text, isHcl(path) ? "hcl" : "other");
    mask.add(path, text, secrets);
    return secrets.map((secret, position) => hitOf(path, text, secret, position, mask, key));
  });
}

function hitOf(
  file: string,
  text: string,
  secret: FoundSecret,
  position: number,
  mask: SecretMask,
  key: string | undefined,
): LintHit {
  const before = text.slice(0, secret.start);
  const line = before.split("\n").length;
  return {
    rule: ruleOf(secret),
    place: {
      file,
      line,
      column: secret.start - before.lastIndexOf("\n"),
      text: mask.line(file, line),
    },
    key: `${secret.kind} ${secretFingerprint(key, text.slice(secret.start, secret.end)) ?? position}`,
    title: titleOf(secret, file),
  };
}

/** A sentence that names kind and place. */
export function titleOf({ name, trust }: FoundSecret, where: string): string {
  const article = /^(?:[AEIO]|HCP|an )/.test(name) ? "An" : "A";
  return trust === "doubtful"
    ? `Something in ${where} looks like ${article.toLowerCase()} ${name}`
    : `${article} ${name} stands in ${where}`;
}

/** Sixteen hexadecimal digits that are the same for the same value and key, and tell nothing without the key. */
export function secretFingerprint(key: string | undefined, value: string): string | undefined {
  return key === undefined ? undefined : createHmac("sha256", key).update(value).digest("hex").slice(0, 16);
}
