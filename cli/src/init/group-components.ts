import { keepsState, saysOf } from "@plumbline/policy/sources/says";
import type { SourceFile } from "@plumbline/policy/sources/syntax-tree";
import type { At, Directory } from "./directory.ts";
import { fillTemplate } from "@plumbline/contract/configuration/template";
import { templateOf } from "./find-environment.ts";
import type { FindEnvironment } from "./find-environment.ts";
import { namePaths } from "./names.ts";

/** A component to be. `blocked`: why plumbline.yaml cannot say it yet. */
export interface Candidate {
  name: string;
  /** Its directory as plumbline.yaml says it: with {environment} where each environment has one; of several that are alike the first. */
  path: string;
  /** Its directory in each environment where it has one, by the environment's name; empty where it has one for all. */
  directories: Map<string, Directory>;
  /** Places where the directories of environments say different things. */
  differs: At[];
  blocked: { reason: string; next: string; places: At[] } | undefined;
}

/**
 * Makes components of root modules: those that lie in a directory of an environment are grouped by the rest of their
 * path. `oneCode`: directories of environments are not kept, one of them is to be the code for all.
 */
export function groupComponents(
  roots: readonly Directory[],
  findEnvironment: FindEnvironment,
  oneCode: boolean,
): Candidate[] {
  const groups = new Map<string, Map<string, Directory>>();
  for (const root of roots) {
    const words = root.path.split("/");
    const found = findEnvironment(words);
    const environment = found?.name ?? "";
    const key = found === undefined ? root.path : templateOf(words, found);
    const group = groups.get(key) ?? new Map<string, Directory>();
    // Two directories of one environment in one group: the second is a component of its own.
    if (group.has(environment)) groups.set(root.path, new Map([[environment, root]]));
    else groups.set(key, group.set(environment, root));
  }
  const names = namePaths([...groups.keys()]);
  return [...groups].map(([key, group]): Candidate => {
    const [first, ...others] = group.values();
    const directories = group.has("") ? new Map<string, Directory>() : group;
    const differs = first === undefined ? [] : others.flatMap((other) => differences(first, other)).slice(0, 20);
    // The directory must be called as the environment is.
    const fits = !oneCode && [...directories].every(([name, { path }]) => fillTemplate(key, "", name) === path);
    const isTemplate = fits && hasTemplate({ path: key });
    return {
      name: names.get(key) ?? "main",
      path: isTemplate ? key : (first?.path ?? key),
      directories,
      differs,
      blocked: directories.size === 0 || isTemplate ? undefined : blockedBy(differs),
    };
  });
}

/** Whether each environment has a directory of its own, which stays its code. */
export function hasTemplate({ path }: Pick<Candidate, "path">): boolean {
  return /\{(?:environment|client|short)\}/.test(path);
}

function blockedBy(places: At[]): Candidate["blocked"] {
  if (places.length === 0) return undefined;
  return {
    reason: "its code differs between environments, and this would be one code for all of them",
    next: "Make what differs a variable, keep one directory, and put the values into environments/<environment>/.",
    places,
  };
}

/** Where two directories say different things, beside where their state is kept. */
function differences(left: Directory, right: Directory): At[] {
  const names = new Set([...left.files.keys(), ...right.files.keys()]);
  return [...names].flatMap((name) => {
    const [one, other] = [left.files.get(name), right.files.get(name)];
    if (one === undefined && other !== undefined) return saysOf(other) === "" ? [] : [{ file: other.path, line: 1 }];
    if (one === undefined) return [];
    if (other === undefined) return saysOf(one) === "" ? [] : [{ file: one.path, line: 1 }];
    if (saysOf(one) === saysOf(other)) return [];
    return differentLines(one, other).map((line) => ({ file: other.path, line }));
  });
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
