/** Words that are names of environments, in the order of promotion. */
const known: readonly (readonly string[])[] = [
  ["shared", "global", "common", "mgmt", "management", "root"],
  ["sandbox", "playground"],
  ["dev", "develop", "development"],
  ["test", "testing", "tst", "qa", "ci", "int", "integration"],
  ["uat", "sit", "acceptance", "acc", "stage", "staging", "stg", "demo", "perf"],
  ["preprod", "pre-prod", "pre-production", "preproduction", "nonprod", "non-prod", "nonproduction", "non-production"],
  ["prod", "production", "prd", "live"],
  ["dr", "disaster-recovery"],
];
const ranks = new Map(known.flatMap((words, rank) => words.map((word) => [word, rank])));

/** Words that name an environment only below a directory that holds environments. */
const ambiguous = new Set([
  "global",
  "common",
  "root",
  "live",
  "shared",
  "ci",
  "int",
  "demo",
  "management",
  "mgmt",
  "test",
]);

/** Directories whose children are environments, whatever they are called. */
const holders = /^(?:envs?|environments?)$/i;
/** Directories whose children may be environments or kinds of values. */
const valueHolders = /^(?:vars?|variables|tfvars|values)$/i;

/** Where a word stands in the order of promotion; undefined where it is no name of an environment. */
export function environmentRank(word: string): number | undefined {
  return ranks.get(word.toLowerCase());
}

/** Index of the directory of a path that names its environment. Words that may mean something else need a holder above. */
export function environmentIndex(words: readonly string[]): number | undefined {
  const below = words.findIndex((word) => holders.test(word));
  if (below >= 0 && below + 1 < words.length) return below + 1;
  const found = words.findIndex((word) => environmentRank(word) !== undefined && !ambiguous.has(word.toLowerCase()));
  if (found >= 0) return found;
  const values = words.findIndex((word) => valueHolders.test(word));
  const next = words[values + 1];
  return values >= 0 && next !== undefined && environmentRank(next) !== undefined ? values + 1 : undefined;
}

/** Whether files in a directory of this name hold values by environment. */
export function holdsValues(word: string): boolean {
  return holders.test(word) || valueHolders.test(word);
}

/** Names in the order of promotion; those that are not known stand before production. */
export function inOrder(names: Iterable<string>): string[] {
  const unknown = 5.5;
  return [...new Set(names)].toSorted(
    (left, right) =>
      (environmentRank(left) ?? unknown) - (environmentRank(right) ?? unknown) || (left < right ? -1 : 1),
  );
}

/** Whether people depend on it: it gets the stricter rules. */
export function isProduction(name: string): boolean {
  return (environmentRank(name) ?? 0) >= 6;
}
