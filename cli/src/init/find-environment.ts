import { environmentHolders, environmentRank, isCertain, valueHolders } from "./environment-names.ts";
import { placeholder, simpleName } from "./names.ts";

/** Where a path, given as its words, says which environment it is for. */
export interface FoundEnvironment {
  /** As Plumbline names it: `prod`, `globex/prod`. */
  name: string;
  /** Index of the word that names it. */
  at: number;
  /** Index of the word that names its client. */
  client: number | undefined;
}
export type FindEnvironment = (words: readonly string[]) => FoundEnvironment | undefined;

/**
 * Finds environments in paths. `directories` are all there are: a word that may mean something else counts as one where it
 * stands beside one that cannot, as in `live/dev` and `live/test`, below a directory that holds environments, or below a
 * client. `clients` are the directories that are clients'.
 */
export function environmentFinder(directories: Iterable<string>, clients: ReadonlySet<string>): FindEnvironment {
  const parents = new Set<string>();
  for (const directory of directories) {
    const slash = directory.lastIndexOf("/");
    if (isCertain(directory.slice(slash + 1))) parents.add(directory.slice(0, Math.max(0, slash)));
  }
  return (words) => {
    const client = clientAt(words, clients);
    const at = environmentAt(words, client, parents);
    if (at === undefined) return undefined;
    const short = simpleName(words[at] ?? "");
    return { at, client, name: client === undefined ? short : `${simpleName(words[client] ?? "")}/${short}` };
  };
}

/** Index of the word that names the client whose directory a path lies in. */
export function clientAt(words: readonly string[], clients: ReadonlySet<string>): number | undefined {
  const found = clients.size === 0 ? -1 : words.findIndex((_, at) => clients.has(words.slice(0, at + 1).join("/")));
  return found < 0 ? undefined : found;
}

function environmentAt(
  words: readonly string[],
  client: number | undefined,
  parents: ReadonlySet<string>,
): number | undefined {
  if (client !== undefined && isBelowClient(words[client + 1])) return client + 1;
  const below = words.findIndex((word) => environmentHolders.test(word));
  if (below >= 0 && below + 1 < words.length && below + 1 !== client) return below + 1;
  const found = words.findIndex(
    (word, index) =>
      index !== client &&
      (isCertain(word) || (environmentRank(word) !== undefined && parents.has(words.slice(0, index).join("/")))),
  );
  if (found >= 0) return found;
  const values = words.findIndex((word) => valueHolders.test(word));
  const next = words[values + 1];
  return values >= 0 && next !== undefined && environmentRank(next) !== undefined ? values + 1 : undefined;
}

/** Whether a word directly below a client names an environment of his: not what several share. */
export function isBelowClient(word: string | undefined): boolean {
  return word !== undefined && (environmentRank(word) ?? 0) > 0;
}

/** A path with placeholders for what names the environment: `live/{environment}/network`, `{short}/{client}/network`. */
export function templateOf(words: readonly string[], { at, client }: FoundEnvironment): string {
  if (client === undefined) return words.with(at, placeholder).join("/");
  if (client === at - 1) return [...words.slice(0, client), placeholder, ...words.slice(at + 1)].join("/");
  return words.with(client, "{client}").with(at, "{short}").join("/");
}
