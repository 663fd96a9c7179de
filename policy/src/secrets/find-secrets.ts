import { findByFormat } from "./find-by-format.ts";
import { findByName } from "./find-by-name.ts";
import type { TextKind } from "./find-by-name.ts";
import type { FoundSecret } from "./found-secret.ts";

/** Texts longer than this are searched only up to here; sources and templates are far shorter. */
const longest = 4_000_000;

const worth = { certain: 0, named: 1, doubtful: 2 } as const;

/**
 * Finds the credentials in a text, in the order in which they stand; one place is one secret, what tells most about it
 * wins. Never throws.
 */
export function findSecrets(text: string, kind: TextKind): FoundSecret[] {
  const searched = text.length > longest ? text.slice(0, longest) : text;
  const candidates = [...findByFormat(searched), ...findByName(searched, kind)].toSorted(
    (left, right) => worth[left.trust] - worth[right.trust] || right.end - right.start - (left.end - left.start),
  );
  // A file may hold a hundred thousand of them: comparing each with each would hold up the server for a minute.
  const taken = new Uint8Array(searched.length);
  const found = candidates.filter(({ start, end }) => {
    const isFree = !taken.subarray(start, end).includes(1);
    if (isFree) taken.fill(1, start, end);
    return isFree;
  });
  return found.toSorted((left, right) => left.start - right.start);
}
