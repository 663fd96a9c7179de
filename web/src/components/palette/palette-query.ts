/** What a query asks for: words, or things of a kind by their number or their words. */
export interface PaletteQuery {
  /** All words, in lower case. */
  words: string[];
  /** The kind that its first word names: `run 27`, `case 1`, `pr 12`, `#12`. */
  kind?: "pull-request" | "run" | "case";
  /** The words without the one that names the kind. */
  rest: string[];
  /** The number, where the rest is nothing else. */
  number?: number;
}

const kinds = [
  ["pull-request", /^(?:prs?|pull requests?)(?:\s+|$)/],
  ["run", /^runs?(?:\s+|$)/],
  ["case", /^(?:cases?|drift(?: cases?)?)(?:\s+|$)/],
] as const;

/** Reads what was typed. */
export function readQuery(text: string): PaletteQuery {
  const query = text.trim().toLowerCase();
  const named = kinds.find(([, pattern]) => pattern.test(query));
  const kind = named?.[0] ?? (/^#\d/.test(query) ? "pull-request" : undefined);
  const rest = wordsOf(named === undefined ? query : query.replace(named[1], ""));
  const number = rest.length === 1 ? /^#?([1-9]\d{0,8})$/.exec(rest[0] ?? "")?.[1] : undefined;
  return {
    words: wordsOf(query),
    rest,
    ...(kind === undefined ? {} : { kind }),
    ...(number === undefined ? {} : { number: Number(number) }),
  };
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

/** What of a query names a workspace: actions begin with their verb. */
export function workspaceSearch(text: string): string {
  return text.trim().replace(/^(check drift|audit|apply)( of)?\s+/i, "");
}
