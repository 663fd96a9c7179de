import type { FoundSecret } from "./found-secret.ts";
import type { SecretKind } from "./kind.ts";
import { secretKinds } from "./kinds/kinds.ts";

const around = {
  word: ["(?<![A-Za-z0-9_-])", "(?![A-Za-z0-9_-])"],
  base64: ["(?<![A-Za-z0-9+/])", "(?![A-Za-z0-9+/=])"],
  none: ["", ""],
} as const;

/** Most texts hold none of the hints: one look tells that, where each kind's own would be a hundred. */
const anyHint = new RegExp(
  [...new Set(secretKinds.flatMap(({ hints }) => hints))].map((hint) => RegExp.escape(hint)).join("|"),
);

/** The patterns of all kinds, each made once. */
const patterns: ReadonlyMap<SecretKind, RegExp> = new Map(secretKinds.map((kind) => [kind, withSurroundings(kind)]));

/** Finds the credentials in a text that their format gives away. */
export function findByFormat(text: string, kinds: readonly SecretKind[] = secretKinds): FoundSecret[] {
  const found: FoundSecret[] = [];
  if (kinds === secretKinds && !anyHint.test(text)) return found;
  for (const kind of kinds) {
    if (!kind.hints.some((hint) => text.includes(hint))) continue;
    for (const match of text.matchAll(patterns.get(kind) ?? withSurroundings(kind)))
      found.push({
        kind: kind.id,
        name: kind.name,
        start: match.index,
        end: match.index + match[0].length,
        trust: isExample(match[0]) || kind.isSound?.(match[0]) === false ? "doubtful" : "certain",
      });
  }
  return found;
}

function withSurroundings({ pattern, boundary = "word" }: SecretKind): RegExp {
  const [before, after] = around[boundary];
  return new RegExp(`${before}(?:${pattern.source})${after}`, "g");
}

/** What documentation prints so that nobody takes it for a key, and what somebody wrote in a key's place. */
function isExample(text: string): boolean {
  return /EXAMPLE|(.)\1{9}|0123456789abcdef0123|:(?:password|passwd|pass|secret|changeme|example)@|@(?:localhost|127\.0\.0\.1|example\.(?:com|org|net))$/i.test(
    text,
  );
}
