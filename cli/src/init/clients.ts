import { posix } from "node:path";
import { environmentHolders, environmentRank } from "./environment-names.ts";
import { isBelowClient } from "./find-environment.ts";
import type { FindEnvironment } from "./find-environment.ts";
import type { Note } from "./proposal.ts";

/** Directories that are clients', and what made them so. */
export interface Clients {
  directories: Set<string>;
  notes: Note[];
}

/** Where clients are: below the folder that is named, nowhere, or wherever the checkout tells. */
export type WhereClientsAre = string | false | undefined;

const holder = /^(?:clients?|customers?|tenants?|mandant(?:en)?)$/i;
/** Words below which nobody looks for a client: regions, and what all share. */
const noClient =
  /^(?:(?:us|eu|ap|sa|ca|me|af|il|cn|mx|asia|europe|northamerica|southamerica|australia|africa)(?:-[a-z]+)*-?\d?|(?:east|west|north|south|central|uk|france|germany|japan|brazil)[a-z]*\d?|_.*|\..*|(?:.*[-_])?modules?|common|shared|global|base)$/i;

/**
 * Finds the clients of a checkout. `paths` are directories of root modules, and files of values without their ending.
 * Certain is what lies in a folder for clients (`clients/globex/prod`) or above an environment's name in one for
 * environments (`envs/globex/prod`); a guess, and told as one, are folders that have the same components in an environment
 * of the same name (`live/globex/prod/network`, `live/initech/prod/network`).
 */
export function findClients(
  roots: readonly string[],
  values: readonly string[],
  findEnvironment: FindEnvironment,
  where: WhereClientsAre,
): Clients {
  if (where === false) return { directories: new Set(), notes: [] };
  const paths = [...roots, ...values].map((path) => path.split("/"));
  if (where !== undefined) return { directories: belowFolder(paths, where), notes: [] };
  const components = new Set(roots.map((path) => posix.basename(path)));
  const certain = new Set(paths.flatMap((words) => certainClient(words, components)));
  if (certain.size > 0)
    return { directories: certain, notes: [certainNote(certain), ...withoutEnvironment(paths, certain)] };
  const { alike, apart } = lookAlikes(roots, findEnvironment);
  return { directories: alike, notes: [...guessNote(alike), ...(alike.size > 0 ? [] : apartNote(apart))] };
}

function belowFolder(paths: readonly string[][], folder: string): Set<string> {
  const depth = folder === "." ? 0 : folder.split("/").length;
  const inside = paths.filter(
    (words) => words.length > depth + 1 && (depth === 0 || words.slice(0, depth).join("/") === folder),
  );
  return new Set(inside.map((words) => words.slice(0, depth + 1).join("/")));
}

function certainClient(words: readonly string[], components: ReadonlySet<string>): string[] {
  const held = words.findIndex((word) => holder.test(word));
  const named = words[held + 1];
  if (held >= 0 && named !== undefined && held + 2 < words.length && !isNoClient(named))
    return [words.slice(0, held + 2).join("/")];
  const below = words.findIndex((word) => environmentHolders.test(word));
  const first = words[below + 1];
  if (below < 0 || first === undefined || isNoClient(first) || components.has(first)) return [];
  return isBelowClient(words[below + 2]) ? [words.slice(0, below + 2).join("/")] : [];
}

function isNoClient(word: string): boolean {
  return environmentRank(word) !== undefined || noClient.test(word);
}

/** Folders above an environment: those that hold the same component in the same environment as another, and those that do not. */
function lookAlikes(
  roots: readonly string[],
  findEnvironment: FindEnvironment,
): { alike: Set<string>; apart: Set<string> } {
  const byRest = new Map<string, Set<string>>();
  const all = new Set<string>();
  for (const path of roots) {
    const words = path.split("/");
    const at = findEnvironment(words)?.at ?? 0;
    const above = words[at - 1];
    if (at < 2 || at + 1 >= words.length || above === undefined || isNoClient(above)) continue;
    const folder = words.slice(0, at).join("/");
    all.add(folder);
    const rest = JSON.stringify([posix.dirname(folder), words.slice(at)]);
    byRest.set(rest, (byRest.get(rest) ?? new Set()).add(folder));
  }
  const alike = new Set([...byRest.values()].filter(({ size }) => size > 1).flatMap((folders) => [...folders]));
  const parents = new Set([...alike].map((folder) => posix.dirname(folder)));
  // What stands beside them is of their kind, whatever it has.
  for (const folder of all) if (parents.has(posix.dirname(folder))) alike.add(folder);
  return { alike, apart: new Set([...all].filter((folder) => !alike.has(folder))) };
}

function certainNote(directories: ReadonlySet<string>): Note {
  return {
    level: "note",
    message: `${namesOf(directories)} ${directories.size === 1 ? "is a client" : "are clients"} by where they lie: their environments are named with them, such as ${exampleOf(directories)}.`,
    next: "Nothing has to be done. If they are something else: plumb init --no-clients",
    places: placesOf(directories),
  };
}

function guessNote(directories: ReadonlySet<string>): Note[] {
  if (directories.size === 0) return [];
  return [
    {
      level: "todo",
      message: `${namesOf(directories)} have the same components in environments of the same names, and were taken for clients: their environments are named with them, such as ${exampleOf(directories)}.`,
      next: "If they are something else (products, teams, accounts): plumb init --no-clients",
      places: placesOf(directories),
    },
  ];
}

function apartNote(directories: ReadonlySet<string>): Note[] {
  const [first = ""] = directories;
  if (directories.size < 2) return [];
  return [
    {
      level: "note",
      message: `${namesOf(directories)} have environments of their own. Nobody can tell by the paths whether these are clients; they were not taken for any.`,
      next: `If they are: plumb init --clients ${posix.dirname(first)}`,
      places: placesOf(directories),
    },
  ];
}

/** Clients' code of which no path names an environment. */
function withoutEnvironment(paths: readonly string[][], clients: ReadonlySet<string>): Note[] {
  const bare = [...clients].filter((client) => {
    const depth = client.split("/").length;
    const own = paths.filter((words) => words.slice(0, depth).join("/") === client);
    return own.every((words) => !words.slice(depth).some((word) => environmentRank(word) !== undefined));
  });
  if (bare.length === 0) return [];
  return [
    {
      level: "todo",
      message: `No path of ${namesOf(new Set(bare))} names an environment.`,
      next: `Put what is there into a folder by the environment's name, such as ${bare[0] ?? ""}/prod, then run plumb init again.`,
      places: placesOf(new Set(bare)),
    },
  ];
}

function namesOf(directories: ReadonlySet<string>): string {
  const names = [...new Set([...directories].map((path) => posix.basename(path)))].toSorted();
  const shown = names.slice(0, 5).join(", ");
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}

function exampleOf(directories: ReadonlySet<string>): string {
  return `${posix.basename([...directories].toSorted()[0] ?? "")}/prod`;
}

function placesOf(directories: ReadonlySet<string>): Note["places"] {
  return [...directories].toSorted().map((file) => ({ file, line: 1 }));
}
