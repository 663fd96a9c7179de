import { createHash } from "node:crypto";
import type { Configuration } from "@plumbline/contract/configuration/configuration";
import { comesFromMain, possibleValuesFiles } from "@plumbline/contract/configuration/placement";
import { liesWithin } from "@plumbline/contract/configuration/repository-path";
import { isAboutRepository, isRuleFile } from "./beside-the-code.ts";
import type { Closure, ReferenceCache, SourceProblem } from "./closure.ts";
import { closureFiles, closureOf } from "./closure.ts";
import type { CodeSnapshot, Workspace } from "./repository-state.ts";
import type { TreeEntry, TreeSnapshot } from "./tree.ts";
import { idWithout, isDirectory } from "./tree.ts";

/** A file of a workspace's input, and which of the two commits it is read from. */
export interface InputFile extends TreeEntry {
  from: "code" | "values";
}

/** All files that a run of a workspace gets, and their digest. */
export interface InputTree {
  /** SHA-256 in hexadecimal over path, mode and blob id of every file, sorted by path. */
  digest: string;
  files: InputFile[];
  /** Paths of the values files, in the order in which the engine is given them. */
  valueFiles: string[];
  problems: SourceProblem[];
}

/**
 * Everything a run of the workspace can read: its component's closure at its pin, and its values from main. Values of
 * other environments that lie beside the code are no part of it.
 */
export async function inputTree(workspace: Workspace, values: CodeSnapshot, cache: ReferenceCache): Promise<InputTree> {
  const { component, code, directory } = workspace;
  const closure = await closureOf(code, directory, component.modules, cache);
  const own = valueEntries(workspace, values);
  const valuePaths = new Set(own.map((entry) => entry.path));
  const isApart = apartFromCode(workspace, values.configuration, cache);
  const files = [
    ...closureFiles(code, closure)
      .filter((entry) => !valuePaths.has(entry.path) && !isApart?.(entry.path))
      .map((entry): InputFile => ({ ...entry, from: "code" })),
    ...own.map((entry): InputFile => ({ ...entry, from: "values" })),
  ].toSorted((left, right) => (left.path < right.path ? -1 : 1));
  return {
    digest: inputTreeDigest(files),
    files,
    valueFiles: own.map((entry) => entry.path),
    problems: [
      ...closure.problems.filter(({ file }) => !isApart?.(file)),
      ...own.filter((entry) => !entry.mode.startsWith("100")).map(linkProblem),
    ],
  };
}

/** SHA-256 in hexadecimal over (path, mode, id) of files in any order. */
function inputTreeDigest(files: readonly TreeEntry[]): string {
  const lines = files.map(({ path, mode, id }) => JSON.stringify([path, mode, id])).toSorted();
  return createHash("sha256")
    .update(`plumbline/input-tree/1\n${lines.join("\n")}\n`)
    .digest("hex");
}

/** The values files of a workspace that exist: what all components share first, its own after, which is stronger. */
function valueEntries({ environment, component }: Workspace, values: TreeSnapshot): TreeEntry[] {
  return possibleValuesFiles(environment, component.name).flatMap((path) => {
    const found = values.tree.find(path);
    return found === undefined || isDirectory(found) ? [] : [found];
  });
}

/** Tells what in the component's directory is none of its code; undefined where nothing of that kind can lie there. */
function apartFromCode(
  { directory, component }: Workspace,
  values: Configuration,
  cache: ReferenceCache,
): ((path: string) => boolean) | undefined {
  const isRoot = directory === ".";
  const holdsRules = isRoot || directory.startsWith("environments/");
  if (!holdsRules && values.environments.every(({ namedValues }) => namedValues === undefined)) return undefined;
  const isFromMain = cache.fromMain.get(values) ?? comesFromMain(values);
  cache.fromMain.set(values, isFromMain);
  if (!isRoot) return (path) => liesWithin(directory, path) && isFromMain(path);
  const isNamed = (path: string) => component.modules.some((one) => one === path || liesWithin(one, path));
  return (path) => isFromMain(path) || isRuleFile(path) || (isAboutRepository(path) && !isNamed(path));
}

/** The fingerprint of a closure without what in the component's directory is none of its code. */
function codeFingerprint(
  { directory, code }: Workspace,
  closure: Closure,
  isApart: ((path: string) => boolean) | undefined,
): string {
  const own = code.tree.find(directory);
  // Where the code takes a directory around its own, all of it counts: too much is fine.
  if (isApart === undefined || own === undefined || !isDirectory(own) || !closure.roots.includes(directory))
    return closure.fingerprint;
  const id = idWithout(own, isApart);
  if (id === own.id) return closure.fingerprint;
  return JSON.stringify([
    id,
    closure.roots
      .filter((path) => path !== directory)
      .map((path) => {
        const root = code.tree.find(path);
        return [path, root?.id, root === undefined || isDirectory(root) ? "" : root.mode];
      }),
  ]);
}

/**
 * Everything a workspace consists of, in one text: equal texts mean that nothing that could change its plan has
 * changed. `place`s and order in plumbline.yaml are not part of it.
 */
export async function workspaceFingerprint(
  workspace: Workspace,
  values: CodeSnapshot,
  cache: ReferenceCache,
): Promise<{ text: string; problems: SourceProblem[] }> {
  const { component, environment, code, directory } = workspace;
  const closure = await closureOf(code, directory, component.modules, cache);
  const isApart = apartFromCode(workspace, values.configuration, cache);
  const sealed = environment.sealed
    .filter((reference) => reference.component === component.name || reference.component === "common")
    .map(({ component: owner, variable, version, as, phases }) => [owner, variable, version, as, phases]);
  const { layer, inputs, foreignInputs = [], dependsOn, modules, engine } = component;
  const entry = [
    directory,
    layer,
    [...inputs, ...foreignInputs].map((input) => [
      input.variable,
      input.component,
      input.output,
      ...("repository" in input ? [input.repository] : []),
    ]),
    dependsOn,
    modules,
  ];
  const text = JSON.stringify([
    codeFingerprint(workspace, closure, isApart),
    valueEntries(workspace, values).map((file) => [file.path, file.mode, file.id]),
    sealed,
    entry,
    [engine.name, engine.version],
  ]);
  return { text, problems: closure.problems.filter(({ file }) => !isApart?.(file)) };
}

function linkProblem(entry: TreeEntry): SourceProblem {
  return { file: entry.path, line: 1, message: "values must be a file of their own, not a link" };
}
