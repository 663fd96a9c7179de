import { createHash } from "node:crypto";
import type { Closure, ReferenceCache, SourceProblem } from "./closure.ts";
import { closureFiles, closureOf } from "./closure.ts";
import type { Workspace } from "./repository-state.ts";
import type { TreeEntry, TreeSnapshot } from "./tree.ts";
import { isDirectory } from "./tree.ts";

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

/** Everything a run of the workspace can read: its component's closure at its pin, and its values from main. */
export async function inputTree(workspace: Workspace, values: TreeSnapshot, cache: ReferenceCache): Promise<InputTree> {
  const { component, code } = workspace;
  const closure = await closureOf(code, component.path, component.modules, cache);
  const own = valueEntries(workspace, values);
  const valuePaths = new Set(own.map((entry) => entry.path));
  const files = [
    ...closureFiles(code, closure)
      .filter((entry) => !valuePaths.has(entry.path))
      .map((entry): InputFile => ({ ...entry, from: "code" })),
    ...own.map((entry): InputFile => ({ ...entry, from: "values" })),
  ].toSorted((left, right) => (left.path < right.path ? -1 : 1));
  return {
    digest: inputTreeDigest(files),
    files,
    valueFiles: own.map((entry) => entry.path),
    problems: [...closure.problems, ...own.filter((entry) => !entry.mode.startsWith("100")).map(linkProblem)],
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
  return ["common", component.name].flatMap((name) => {
    const found = values.tree.find(`${environment.path}/${name}.tfvars`);
    return found === undefined || isDirectory(found) ? [] : [found];
  });
}

/**
 * Everything a workspace consists of, in one text: equal texts mean that nothing that could change its plan has
 * changed. `place`s and order in plumbline.yaml are not part of it.
 */
export async function workspaceFingerprint(
  workspace: Workspace,
  values: TreeSnapshot,
  cache: ReferenceCache,
): Promise<{ text: string; closure: Closure }> {
  const { component, environment, code } = workspace;
  const closure = await closureOf(code, component.path, component.modules, cache);
  const sealed = environment.sealed
    .filter((reference) => reference.component === component.name || reference.component === "common")
    .map(({ component: owner, variable, version, as, phases }) => [owner, variable, version, as, phases]);
  const { path, layer, inputs, dependsOn, modules, engine } = component;
  const entry = [
    path,
    layer,
    inputs.map((input) => [input.variable, input.component, input.output]),
    dependsOn,
    modules,
  ];
  const text = JSON.stringify([
    closure.fingerprint,
    valueEntries(workspace, values).map((file) => [file.path.slice(environment.path.length), file.mode, file.id]),
    sealed,
    entry,
    [engine.name, engine.version],
  ]);
  return { text, closure };
}

function linkProblem(entry: TreeEntry): SourceProblem {
  return { file: entry.path, line: 1, message: "values must be a file of their own, not a link" };
}
