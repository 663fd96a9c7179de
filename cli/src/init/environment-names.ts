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
export const environmentHolders = /^(?:envs?|environments?)$/i;
/** Directories whose children may be environments or kinds of values. */
export const valueHolders = /^(?:vars?|variables|tfvars|values)$/i;

/** Where a word stands in the order of promotion; undefined where it is no name of an environment. */
export function environmentRank(word: string): number | undefined {
  return ranks.get(word.toLowerCase());
}

/** Whether a word can mean nothing but an environment. */
export function isCertain(word: string): boolean {
  return environmentRank(word) !== undefined && !ambiguous.has(word.toLowerCase());
}

/** Whether files in a directory of this name hold values by environment. */
export function holdsValues(word: string): boolean {
  return environmentHolders.test(word) || valueHolders.test(word);
}

/** An environment's name without its client. */
export function shortName(name: string): string {
  return name.slice(name.indexOf("/") + 1);
}

/** Names in the order of promotion, of all clients together; those that are not known stand before production. */
export function inOrder(names: Iterable<string>): string[] {
  const rank = (name: string) => environmentRank(shortName(name)) ?? 5.5;
  return [...new Set(names)].toSorted((left, right) => rank(left) - rank(right) || (left < right ? -1 : 1));
}

/** Whether people depend on it: it gets the stricter rules. */
export function isProduction(name: string): boolean {
  return (environmentRank(shortName(name)) ?? 0) >= 6;
}
