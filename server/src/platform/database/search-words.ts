import { sql } from "kysely";
import type { RawBuilder } from "kysely";

/** The words of a search, in lower case. */
export function searchWords(search: string | undefined): string[] {
  return (search ?? "").toLowerCase().split(/\s+/).filter(Boolean);
}

/** The number that a word of a search means: `128` and `#128`; undefined where it is none. */
export function numberOfWord(word: string): number | undefined {
  return /^#?[1-9]\d{0,8}$/.test(word) ? Number(word.replace("#", "")) : undefined;
}

/** Whether a text holds the word, or the row has the number that the word means. */
export function holdsWord(word: string, text: RawBuilder<unknown>, number: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`(position(${word} in lower(${text})) > 0 or ${number} = ${numberOfWord(word) ?? 0})`;
}
