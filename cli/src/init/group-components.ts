import { createHash } from "node:crypto";
import type { Block, SourceFile } from "@plumbline/policy/sources/syntax-tree";
import { posix } from "node:path";
import type { At, Directory } from "./directory.ts";
import type { FindEnvironment } from "./environment-names.ts";
import { namePaths, simpleName } from "./names.ts";

/** A component to be. `blocked`: why plumbline.yaml cannot say it yet. */
export interface Candidate {
  name: string;
  /** The directory that is its code; of several that are alike the first. */
  path: string;
  /** Its directory in each environment, where it has one for each; by the environment's name. */
  directories: Map<string, Directory>;
  blocked: { reason: string; next: string; places: At[]; differs?: boolean } | undefined;
}

/**
 * Makes components of root modules: those that lie in a directory of an environment are grouped by the rest of their
 * path, since Plumbline has one code for all environments.
 */
export function groupComponents(roots: readonly Directory[], findEnvironment: FindEnvironment): Candidate[] {
  const groups = new Map<string, Map<string, Directory>>();
  for (const root of roots) {
    const words = root.path.split("/");
    const index = findEnvironment(words);
    const environment = index === undefined ? "" : simpleName(words[index] ?? "");
    const key = index === undefined ? root.path : words.toSpliced(index, 1).join("/") || ".";
    const group = groups.get(key) ?? new Map<string, Directory>();
    // Two directories of one environment in one group: the second is a component of its own.
    if (group.has(environment)) groups.set(root.path, new Map([[environment, root]]));
    else groups.set(key, group.set(environment, root));
  }
  const names = namePaths([...groups.keys()]);
  const environments = new Set([...groups.values()].flatMap((group) => [...group.keys()]).filter((one) => one !== ""));
  return [...groups].map(([key, group]) => {
    const [first] = group.values();
    const directories = group.has("") ? new Map<string, Directory>() : group;
    return {
      name: names.get(key) ?? "main",
      path: first?.path ?? key,
      directories,
      blocked: directories.size === 0 ? blockedByPlace(first) : blockedBy(directories, environments),
    };
  });
}

function blockedByPlace(directory: Directory | undefined): Candidate["blocked"] {
  if (directory?.path !== ".") return undefined;
  return {
    reason: "it lies at the root of the repository, and a component needs a directory of its own",
    next: "Move its files: mkdir -p components/main && git mv *.tf components/main/, then run plumb init again.",
    places: [{ file: [...directory.files.keys()][0] ?? ".", line: 1 }],
  };
}

function blockedBy(group: ReadonlyMap<string, Directory>, environments: ReadonlySet<string>): Candidate["blocked"] {
  const [first, ...others] = group.values();
  if (first === undefined) return undefined;
  const places = others.flatMap((other) => differences(first, other)).slice(0, 20);
  if (places.length > 0)
    return {
      reason: "its code differs between environments, and Plumbline has one code for all of them",
      next: "Make what differs a variable, keep one directory, and put the values into environments/<environment>/.",
      places,
      differs: true,
    };
  const missing = [...environments].filter((environment) => !group.has(environment));
  if (missing.length === 0) return undefined;
  return {
    reason: `it is not there in ${missing.join(", ")}, and a component runs in every environment`,
    next: "Let a variable decide whether its resources exist (count), or give it a repository with its own environments.",
    places: [...group.values()].map(({ path, files }) => ({
      file: posix.join(path, [...files.keys()][0] ?? ""),
      line: 1,
    })),
  };
}

/** Where two directories say different things, beside where their state is kept. */
function differences(left: Directory, right: Directory): At[] {
  const names = new Set([...left.files.keys(), ...right.files.keys()]);
  return [...names].flatMap((name) => {
    const [one, other] = [left.files.get(name), right.files.get(name)];
    if (one === undefined && other !== undefined) return says(other) === "" ? [] : [{ file: other.path, line: 1 }];
    if (one === undefined) return [];
    if (other === undefined) return says(one) === "" ? [] : [{ file: one.path, line: 1 }];
    if (says(one) === says(other)) return [];
    return differentLines(one, other).map((line) => ({ file: other.path, line }));
  });
}

/** What a file says without backends, comments and space. */
function says({ text, blocks }: SourceFile): string {
  let kept = text;
  for (const settings of blocks)
    if (settings.type === "terraform")
      for (const inner of settings.blocks.toReversed()) if (keepsState(inner)) kept = cut(kept, inner);
  const bare = kept.replaceAll(/\/\*[\s\S]*?\*\/|^\s*(?:#|\/\/).*$/gm, "").replaceAll(/\s+/g, "");
  const rest = bare.replaceAll("terraform{}", "");
  return rest === "" ? "" : createHash("sha256").update(rest).digest("hex");
}

function keepsState({ type }: Block): boolean {
  return type === "backend" || type === "cloud";
}

function cut(text: string, { start, end }: Block): string {
  return text.slice(0, start) + " ".repeat(Math.max(0, end - start)) + text.slice(end);
}

/** The lines of the other that differ, outside of what says where the state is; its first line where they are unlike. */
function differentLines(one: SourceFile, other: SourceFile): number[] {
  const [left, right] = [one.text.split("\n"), other.text.split("\n")];
  if (left.length !== right.length) {
    const first = right.findIndex((line, index) => line.trim() !== (left[index] ?? "").trim());
    return [Math.max(0, first) + 1];
  }
  const ignored = [...stateLines(one), ...stateLines(other)];
  return right.flatMap((line, index) => {
    const isIgnored = ignored.some(([from, to]) => index + 1 >= from && index + 1 <= to);
    return isIgnored || line.trim() === (left[index] ?? "").trim() ? [] : [index + 1];
  });
}

function stateLines({ text, blocks }: SourceFile): [from: number, to: number][] {
  const inner = blocks.flatMap((block) => (block.type === "terraform" ? block.blocks.filter(keepsState) : []));
  return inner.map(({ place, start, end }) => [place.line, place.line + text.slice(start, end).split("\n").length - 1]);
}
