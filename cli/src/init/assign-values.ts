import { posix } from "node:path";
import { hasTemplate } from "./group-components.ts";
import type { Candidate } from "./group-components.ts";
import { environmentRank, holdsValues, shortName } from "./environment-names.ts";
import { clientAt } from "./find-environment.ts";
import type { FindEnvironment } from "./find-environment.ts";
import { simpleName } from "./names.ts";

/** Which file's values go where: `component` is a component's name or `common`. */
export interface AssignedValues {
  file: string;
  environment: string;
  component: string;
}

/** What was found out about files of values. */
export interface Values {
  assigned: AssignedValues[];
  /** Files whose environment or component nobody can tell by their path. */
  open: string[];
}

const forAll = /^(?:common|global|shared|default|defaults|all|base|terraform|env|environment|main)$/i;

/** Finds by path and name of each file of values for which environment and component it is. */
export function assignValues(
  paths: readonly string[],
  candidates: readonly Candidate[],
  findEnvironment: FindEnvironment,
  clients: ReadonlySet<string>,
): Values {
  const values: Values = { assigned: [], open: [] };
  const byDirectory = new Map<string, Omit<Owner, "isBeside">>();
  for (const candidate of candidates) {
    const { name, path, directories } = candidate;
    const keepsPlace = hasTemplate(candidate);
    if (directories.size === 0) byDirectory.set(path, { name, environment: undefined, keepsPlace });
    for (const [environment, directory] of directories)
      byDirectory.set(directory.path, { name, environment, keepsPlace });
  }
  const names = new Set(candidates.map(({ name }) => name));
  const byBase = new Map(candidates.map(({ name, path }) => [posix.basename(path), name]));
  for (const file of paths) {
    const stem = posix.basename(file).replace(/\.tfvars(?:\.json)?$/, "");
    const owner = ownerOf(file, byDirectory);
    // The engine reads these by itself: they stay with the code beside them, unless that is to be another one.
    const isAutomatic = stem === "terraform" || stem.endsWith(".auto");
    if (owner?.isBeside === true && (owner.environment === undefined || owner.keepsPlace) && isAutomatic) continue;
    const environment = owner?.environment ?? environmentOf(file, stem, findEnvironment, clients);
    const named = byBase.get(stem) ?? (names.has(stem) ? stem : undefined);
    const isNamedByEnvironment = environment !== undefined && simpleName(stem) === shortName(environment);
    const component = owner?.name ?? named ?? (isNamedByEnvironment || forAll.test(stem) ? "common" : undefined);
    if (environment === undefined || component === undefined) values.open.push(file);
    else values.assigned.push({ file, environment, component });
  }
  return values;
}

interface Owner {
  name: string;
  environment: string | undefined;
  /** Its directory stays its code. */
  keepsPlace: boolean;
  isBeside: boolean;
}

/** The root module that a file lies in, or in a directory of values of it. */
function ownerOf(file: string, byDirectory: ReadonlyMap<string, Omit<Owner, "isBeside">>): Owner | undefined {
  for (let directory = posix.dirname(file); ; directory = posix.dirname(directory)) {
    const owner = byDirectory.get(directory);
    if (owner !== undefined) return { ...owner, isBeside: directory === posix.dirname(file) };
    if (directory === "." || directory === "/") return undefined;
  }
}

function environmentOf(
  file: string,
  stem: string,
  findEnvironment: FindEnvironment,
  clients: ReadonlySet<string>,
): string | undefined {
  const words = posix.dirname(file).split("/");
  const client = clientAt(words, clients);
  const found = findEnvironment(client === undefined ? words : [...words, stem]);
  if (found !== undefined) return found.name;
  const short = shortOf(words, stem);
  return client === undefined || short === undefined ? short : `${simpleName(words[client] ?? "")}/${short}`;
}

function shortOf(words: readonly string[], stem: string): string | undefined {
  const last = words.findLast((word) => environmentRank(word) !== undefined);
  if (environmentRank(stem) !== undefined && !forAll.test(stem)) return simpleName(stem);
  if (last !== undefined && !forAll.test(last)) return simpleName(last);
  return words.some(holdsValues) && !forAll.test(stem) && words.at(-1) !== undefined && holdsValues(words.at(-1) ?? "")
    ? simpleName(stem)
    : undefined;
}
