import { posix } from "node:path";
import { liesWithin } from "@plumbline/contract/configuration/repository-path";
import { isConfiguration, isSource } from "./source-files.ts";

/** A root module and the files that belong to it: its own, those of the local modules it calls, and loose ones. */
export interface RootModule {
  directory: string;
  files: Map<string, string>;
}

/**
 * Finds what can be planned in a tree: every directory with configuration that no other one calls as a module.
 * Directories that only call each other in a circle are roots too, and tfvars outside of modules go to the first root,
 * so that no file is left out.
 */
export function findRootModules(files: ReadonlyMap<string, string>): RootModule[] {
  const directories = Map.groupBy([...files.keys()].filter(isConfiguration), (path) => posix.dirname(path));
  const calls = new Map<string, string[]>();
  for (const [directory, paths] of directories)
    calls.set(
      directory,
      paths.flatMap((path) => calledFrom(directory, files.get(path) ?? "")).filter((called) => directories.has(called)),
    );
  const called = new Set([...calls].flatMap(([from, to]) => to.filter((directory) => directory !== from)));
  const roots = [...directories.keys()].filter((directory) => !called.has(directory));
  const reached = new Set(roots.flatMap((root) => [...reach(root, calls)]));
  for (const directory of directories.keys()) {
    if (reached.has(directory)) continue;
    roots.push(directory);
    for (const more of reach(directory, calls)) reached.add(more);
  }
  return fill(roots.toSorted(), files, calls, reached);
}

function fill(
  roots: readonly string[],
  files: ReadonlyMap<string, string>,
  calls: ReadonlyMap<string, readonly string[]>,
  reached: ReadonlySet<string>,
): RootModule[] {
  const byDirectory = Map.groupBy(files.keys(), (path) => posix.dirname(path));
  const modules = roots.map((directory) => ({ directory, files: new Map<string, string>() }));
  for (const module of modules)
    for (const directory of reach(module.directory, calls))
      for (const path of byDirectory.get(directory) ?? []) module.files.set(path, files.get(path) ?? "");
  const loose = [...files].filter(([path]) => isSource(path) && !reached.has(posix.dirname(path)));
  const [first] = modules;
  if (first) for (const [path, text] of loose) first.files.set(path, text);
  else if (loose.length > 0) modules.push({ directory: posix.dirname(loose[0]?.[0] ?? "."), files: new Map(loose) });
  return modules;
}

/** The root module in whose directory a file lies, the innermost where there are several; else the first. */
export function homeOf<M extends Pick<RootModule, "directory">>(path: string, roots: readonly M[]): M | undefined {
  const depth = ({ directory }: M) => (directory === "." ? 0 : directory.split("/").length);
  const above = roots.filter(({ directory }) => liesWithin(directory, path));
  return above.toSorted((left, right) => depth(right) - depth(left))[0] ?? roots[0];
}

/**
 * Directories that a configuration file of `directory` names as sources of modules. What is no module but has a `source`
 * (a file to be copied) is answered too; it is no directory with configuration.
 */
export function calledFrom(directory: string, text: string): string[] {
  return [...text.matchAll(/(?:^|[{\s"])source"?\s*[=:]\s*"(\.{1,2}(?:\/[^"]*)?)"/g)].map(([, source = ""]) =>
    posix.join(directory, source).replace(/(?<=.)\/$/, ""),
  );
}

function reach(from: string, calls: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set([from]);
  for (const directory of found) for (const next of calls.get(directory) ?? []) found.add(next);
  return found;
}
