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

/** Index of the directory of a path, given as its words, that names its environment. */
export type FindEnvironment = (words: readonly string[]) => number | undefined;

/**
 * Finds environments in paths. `directories` are all there are: a word that may mean something else counts as one where it
 * stands beside one that cannot, as in `live/dev` and `live/test`, or below a directory that holds environments.
 */
export function environmentFinder(directories: Iterable<string>): FindEnvironment {
  const parents = new Set<string>();
  for (const directory of directories) {
    const slash = directory.lastIndexOf("/");
    if (isCertain(directory.slice(slash + 1))) parents.add(directory.slice(0, Math.max(0, slash)));
  }
  return (words) => {
    const below = words.findIndex((word) => holders.test(word));
    if (below >= 0 && below + 1 < words.length) return below + 1;
    const found = words.findIndex(
      (word, index) =>
        isCertain(word) || (environmentRank(word) !== undefined && parents.has(words.slice(0, index).join("/"))),
    );
    if (found >= 0) return found;
    const values = words.findIndex((word) => valueHolders.test(word));
    const next = words[values + 1];
    return values >= 0 && next !== undefined && environmentRank(next) !== undefined ? values + 1 : undefined;
  };
}

function isCertain(word: string): boolean {
  return environmentRank(word) !== undefined && !ambiguous.has(word.toLowerCase());
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
