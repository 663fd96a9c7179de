import { createHash } from "node:crypto";
import { posix } from "node:path";
import type { Place } from "@plumbline/contract";
import type { Configuration } from "@plumbline/contract/configuration/configuration";
import type { Reference } from "./references.ts";
import { longestSearched, referencesOf } from "./references.ts";
import type { Directory, Tree, TreeEntry, TreeSnapshot } from "./tree.ts";
import { filesBelow, isDirectory, modes } from "./tree.ts";

/** A reason why a component's files cannot be taken. */
export interface SourceProblem extends Place {
  message: string;
}

/** The files that a component consists of. */
export interface Closure {
  /** Directories and single files it takes, sorted by path; none lies in another. */
  roots: string[];
  /** Equal for equal contents of equal roots; cheap, only to be compared with others of its kind. */
  fingerprint: string;
  /** Symlinks, submodules, paths that leave the repository, a missing directory. */
  problems: SourceProblem[];
}

/**
 * References found in directories and files, by Git id; never goes stale. Each keeps what 50,000 of them were last found to
 * hold: every push brings new ones. Share one per repository.
 */
export interface ReferenceCache {
  directories: Map<string, Promise<LocatedReference[]>>;
  files: Map<string, Promise<Reference[]>>;
  closures: WeakMap<Tree, Map<string, Promise<Closure>>>;
  /** The last closures per component, each with all it was found by: still true where every look-up says the same. */
  recent: Map<string, Witnessed[]>;
  /** By configuration, what tells values and rules from code. */
  fromMain: WeakMap<Configuration, (path: string) => boolean>;
}

/** A closure, and what the tree had at every path that was looked at while finding it. */
export interface Witnessed {
  closure: Closure;
  seen: Map<string, string>;
}

const mostRecent = 6;
const mostRemembered = 50_000;

/** A reference with the file, relative to the directory that was searched, in which it stands. */
export interface LocatedReference extends Reference {
  file: string;
}

/** An empty cache. */
export function referenceCache(): ReferenceCache {
  return {
    directories: new Map(),
    files: new Map(),
    closures: new WeakMap(),
    recent: new Map(),
    fromMain: new WeakMap(),
  };
}

/**
 * Which files of a tree a component may read: all of its directory, and whatever local path its code names, followed
 * through module directories. A path in a module counts from the module's and from the component's directory, since both
 * are in use. `extra` are further paths from the root of the repository. Nothing outside of it can influence a plan.
 */
export function closureOf(
  snapshot: TreeSnapshot,
  path: string,
  extra: readonly string[],
  cache: ReferenceCache,
): Promise<Closure> {
  const known = cache.closures.get(snapshot.tree) ?? new Map<string, Promise<Closure>>();
  cache.closures.set(snapshot.tree, known);
  const key = JSON.stringify([path, extra]);
  return remember(known, key, async () => {
    const recent = cache.recent.get(key) ?? [];
    const still = recent.find(({ seen }) =>
      seen.entries().every(([target, what]) => describe(lookUp(snapshot, target)) === what),
    );
    if (still !== undefined) return still.closure;
    const found = await findClosure(snapshot, path, extra, cache);
    cache.recent.set(key, [found, ...recent].slice(0, mostRecent));
    return found.closure;
  });
}

async function findClosure(
  snapshot: TreeSnapshot,
  path: string,
  extra: readonly string[],
  cache: ReferenceCache,
): Promise<Witnessed> {
  const seen = new Map<string, string>();
  const find = (target: string): TreeEntry | Directory | undefined => {
    const found = lookUp(snapshot, target);
    seen.set(target, describe(found));
    return found;
  };
  const roots = new Map<string, TreeEntry | Directory>();
  const problems: SourceProblem[] = [];
  const waiting: (TreeEntry | Directory)[] = [];
  const take = (found: TreeEntry | Directory | undefined): boolean => {
    if (found === undefined) return false;
    if (!roots.has(found.path) && !isCovered(found.path, roots)) {
      roots.set(found.path, found);
      waiting.push(found);
    }
    return true;
  };
  if (!take(find(path))) problems.push({ file: path, line: 1, message: `there is no directory ${path}` });
  for (const wanted of extra) {
    if (!take(find(wanted))) problems.push({ file: wanted, line: 1, message: `there is no ${wanted}` });
  }
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const reference of await located(snapshot, next, cache)) {
      const from = isDirectory(next) ? posix.join(next.path, reference.file) : next.path;
      const targets = [posix.dirname(from), path].map((base) => posix.normalize(posix.join(base, reference.path)));
      const inside = targets.filter((target) => target !== ".." && !target.startsWith("../"));
      if (inside.length === 0 && reference.strict)
        problems.push({
          file: from,
          line: 1,
          message: `the path ${JSON.stringify(reference.path)} leaves the repository`,
        });
      for (const target of inside) take(find(target.replace(/(?<=.)\/$/, "")));
    }
  }
  problems.push(...linkProblems(roots.values()));
  const sorted = [...roots.values()]
    .filter((root) => !isCovered(root.path, roots))
    .toSorted((left, right) => (left.path < right.path ? -1 : 1));
  const fingerprint = createHash("sha256").update(sorted.map((root) => `${describe(root)} ${root.path}`).join("\0"));
  return {
    closure: { roots: sorted.map((root) => root.path), fingerprint: fingerprint.digest("hex"), problems },
    seen,
  };
}

/** What the tree has at a path, or the link on the way to it. */
function lookUp(snapshot: TreeSnapshot, path: string): TreeEntry | Directory | undefined {
  return snapshot.tree.find(path) ?? linkOnTheWay(snapshot, path);
}

function describe(found: TreeEntry | Directory | undefined): string {
  if (found === undefined) return "";
  return isDirectory(found) ? found.id : `${found.mode} ${found.id} ${found.path}`;
}

/** All files of a closure, sorted by path. */
export function closureFiles(snapshot: TreeSnapshot, closure: Closure): TreeEntry[] {
  const files = new Map<string, TreeEntry>();
  for (const path of closure.roots) {
    const root = snapshot.tree.find(path);
    if (root === undefined) continue;
    if (!isDirectory(root)) files.set(root.path, root);
    else for (const file of filesBelow(root)) files.set(file.path, file);
  }
  return [...files.values()].toSorted((left, right) => (left.path < right.path ? -1 : 1));
}

/** Whether a directory above the path is taken anyway, with everything in it. */
function isCovered(path: string, roots: ReadonlyMap<string, TreeEntry | Directory>): boolean {
  if (path === ".") return false;
  for (let above = posix.dirname(path); ; above = posix.dirname(above)) {
    if (roots.has(above)) return true;
    if (above === ".") return false;
  }
}

/** A path below a symlink does not exist in the tree; the link itself must be seen, to be refused. */
function linkOnTheWay(snapshot: TreeSnapshot, path: string): TreeEntry | undefined {
  const parts = path.split("/");
  for (let length = 1; length < parts.length; length++) {
    const found = snapshot.tree.find(parts.slice(0, length).join("/"));
    if (found === undefined) return undefined;
    if (!isDirectory(found)) return found.mode === modes.symlink || found.mode === modes.submodule ? found : undefined;
  }
  return undefined;
}

function linkProblems(roots: Iterable<TreeEntry | Directory>): SourceProblem[] {
  const problems = new Map<string, SourceProblem>();
  for (const root of roots) {
    for (const { mode, path } of isDirectory(root) ? filesBelow(root) : [root]) {
      if (mode === modes.symlink)
        problems.set(path, {
          file: path,
          line: 1,
          message: "symbolic links are not followed; put the file itself here",
        });
      else if (mode === modes.submodule)
        problems.set(path, {
          file: path,
          line: 1,
          message: "submodules are not fetched; use a module source or copy the files",
        });
    }
  }
  return [...problems.values()];
}

async function located(
  snapshot: TreeSnapshot,
  found: TreeEntry | Directory,
  cache: ReferenceCache,
): Promise<LocatedReference[]> {
  if (!isDirectory(found))
    return (await inFile(snapshot, found, cache)).map((reference) => ({ ...reference, file: "." }));
  return remember(cache.directories, found.id, async () => {
    const own = await Promise.all(
      [...found.files].map(async ([name, file]) =>
        (await inFile(snapshot, file, cache)).map((reference) => ({ ...reference, file: name })),
      ),
    );
    const below = await Promise.all(
      [...found.directories].map(async ([name, child]) =>
        (await located(snapshot, child, cache)).map((reference) => ({
          ...reference,
          file: `${name}/${reference.file}`,
        })),
      ),
    );
    return [...own, ...below].flat();
  });
}

function inFile(snapshot: TreeSnapshot, file: TreeEntry, cache: ReferenceCache): Promise<Reference[]> {
  if (file.mode === modes.symlink || file.mode === modes.submodule) return Promise.resolve([]);
  const name = file.path.slice(file.path.lastIndexOf("/") + 1);
  // How a file is searched depends on its kind, so two names may have one blob and other references.
  const kind = /\.(?:tf|tofu)(?:\.json)?$/.exec(name)?.[0] ?? "";
  return remember(cache.files, `${file.id}${kind}`, async () => {
    const bytes = await snapshot.read(file);
    return bytes.byteLength > longestSearched ? [] : referencesOf(name, bytes);
  });
}

/** The known answer, or a new one for the oldest; a failed one is forgotten, so that the next call tries again. */
function remember<Value>(known: Map<string, Promise<Value>>, key: string, make: () => Promise<Value>): Promise<Value> {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = make();
  known.set(key, made);
  const [oldest] = known.keys();
  if (known.size > mostRemembered && oldest !== undefined) known.delete(oldest);
  made.catch(() => known.delete(key));
  return made;
}
