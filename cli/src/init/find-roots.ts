import { posix } from "node:path";
import type { Directory } from "./directory.ts";
import type { FindEnvironment } from "./find-environment.ts";

/** What a directory with configuration is. */
export interface Roots {
  roots: Directory[];
  modules: Directory[];
  /** Examples and tests of modules: they are planned by nobody. */
  examples: string[];
}

/** Tells root modules from modules and examples. `paths` are all files there are, values and lock files among them. */
export function findRoots(
  directories: ReadonlyMap<string, Directory>,
  paths: Iterable<string>,
  findEnvironment: FindEnvironment,
): Roots {
  const called = new Set([...directories.values()].flatMap(({ path, calls }) => calls.filter((one) => one !== path)));
  const marked = new Set(
    [...paths].filter((path) => /\.tfvars(?:\.json)?$|\.terraform\.lock\.hcl$/.test(path)).map(posix.dirname),
  );
  const found: Roots = { roots: [], modules: [], examples: [] };
  for (const directory of directories.values()) {
    const words = directory.path.split("/");
    const environment = findEnvironment(words)?.at;
    const isExample = (word: string, at: number) =>
      at !== environment && /^(?:_?examples?|tests?|fixtures?|testdata)$/i.test(word);
    if (words.some(isExample) && !isSure(directory)) found.examples.push(directory.path);
    else if (
      (called.has(directory.path) && !isSure(directory)) ||
      words.some((word) => /^(?:_?modules?|(?:.*[-_])modules)$/i.test(word))
    )
      found.modules.push(directory);
    else if (isSure(directory) || isLikely(directory, words, marked, findEnvironment)) found.roots.push(directory);
    else found.modules.push(directory);
  }
  return found;
}

/** Only root modules say where their state is; an example may call one all the same. */
function isSure({ backends }: Directory): boolean {
  return backends.length > 0;
}

function isLikely(
  directory: Directory,
  words: string[],
  marked: ReadonlySet<string>,
  findEnvironment: FindEnvironment,
): boolean {
  const { path, hasProvider, hasResources, calls, required } = directory;
  const hasValues = [path, ...["env", "envs", "environments", "vars", "tfvars"].map((name) => posix.join(path, name))];
  return (
    hasProvider ||
    hasValues.some((one) => marked.has(one)) ||
    findEnvironment(words) !== undefined ||
    ((hasResources || calls.length > 0) && required.length === 0)
  );
}
