import type { Environment } from "@plumbline/contract/configuration/configuration";
import { pinOf } from "@plumbline/contract/configuration/configuration";
import { comesFromMain } from "@plumbline/contract/configuration/placement";
import { workspaceName } from "@plumbline/contract/configuration/workspaces";
import { existsAt } from "@plumbline/engine/sources/repository-state";
import type { RepositoryState } from "@plumbline/engine/sources/repository-state";
import type { RepositoryReader } from "../../repositories/repository-reader.ts";
import { peopleOf } from "./commit-people.ts";
import type { CommitPerson } from "./commit-people.ts";
import { codeOfOthers } from "./code-of-others.ts";
import type { PatchSetProblem } from "../pull-request.ts";

/** Everybody in what a pin takes over counts, so no more than can be read is taken at once. */
const mostCommits = 5_000;

/** The code commit that each workspace last applied, by name: a first pin counts from there. */
export type AppliedCommits = ReadonlyMap<string, string>;

/** What moving pins takes over. */
export interface Promotion {
  /** Everything that differs between old and new pins, but for what only other environments read. */
  paths: string[];
  /** The commits in between, and who stands in them: they do not count as approvers. */
  commits: string[];
  people: CommitPerson[];
  problems: PatchSetProblem[];
}

/** A pin that a change sets. */
export interface MovedPin {
  environment: string;
  /** The commits its workspaces stood at; several where they were applied at different ones, none in a new one. */
  from: string[];
  to: string;
}

/** Works out what the pins that a change sets or moves take over, and whether they are commits of main. */
export async function planPromotion(
  reader: RepositoryReader,
  base: string,
  before: RepositoryState | undefined,
  after: RepositoryState,
  applied: AppliedCommits,
): Promise<Promotion> {
  const paths = new Set<string>();
  const commits = new Map<string, CommitPerson[]>();
  const problems: PatchSetProblem[] = [];
  for (const { environment, to, from } of movedPins(base, before, after, applied)) {
    const refuse = (message: string) => problems.push({ message, ...placeOfPin(after, environment), proposal: null });
    // A commit that a pull request carried along was planned nowhere: its owners saw the merge, not every step to it.
    if (!(await reader.objects.isOnMain(to, base))) {
      refuse(`the pin ${to} is not a commit of main; a pin names one that main has been at: a merge commit`);
      continue;
    }
    const isOfOthers = await codeOfOthers(reader, after, environment);
    const listing = await reader.snapshot(to);
    const there = new Map(listing.entries.map((entry) => [entry.path, entry.id]));
    for (const old of from) {
      if (old === to || (await reader.objects.treeOf(old)) === undefined) continue;
      const others = new Map((await reader.snapshot(old)).entries.map((entry) => [entry.path, entry.id]));
      for (const [path, id] of there) if (others.get(path) !== id && !isOfOthers(path)) paths.add(path);
      for (const path of others.keys()) if (!there.has(path) && !isOfOthers(path)) paths.add(path);
      // Back to an older commit: those who made what is taken away have a part in it too.
      for (const [tip, without] of [
        [to, old],
        [old, to],
      ] as const) {
        const between = await reader.objects.commits([tip], [without], mostCommits);
        if (between.length === mostCommits) refuse(`the pin ${to} is ${mostCommits} commits away; move it in steps`);
        for (const commit of between) commits.set(commit.id, peopleOf(commit));
      }
    }
  }
  // Values, rules and policies come from main whatever the pin says.
  const isFromMain = comesFromMain(after.values.configuration);
  const promoted = [...paths].filter((path) => !path.startsWith("policies/") && !isFromMain(path)).toSorted();
  return { paths: promoted, commits: [...commits.keys()], people: [...commits.values()].flat(), problems };
}

/** The pins that differ between two states, each once per environment and commit. */
export function movedPins(
  base: string,
  before: RepositoryState | undefined,
  after: RepositoryState,
  applied: AppliedCommits,
): MovedPin[] {
  const old = new Map(before?.values.configuration.environments.map((environment) => [environment.name, environment]));
  const moved = new Map<string, MovedPin>();
  for (const environment of after.values.configuration.environments) {
    // Under its new name a renamed environment takes over just the same.
    const previous = old.get(environment.name) ?? old.get(environment.renamedFrom ?? "");
    if (!hasPins(environment) && (previous === undefined || !hasPins(previous))) continue;
    for (const component of componentsOf(environment, after)) {
      const pinned = previous && pinOf(previous, component)?.ref;
      // Without its pin it follows main again, which takes over everything up to there.
      const to = pinOf(environment, component)?.ref ?? (pinned === undefined ? undefined : base);
      if (to === undefined || to === pinned) continue;
      const from = previous && (pinned ?? applied.get(workspaceName(component, previous.name)) ?? base);
      const key = `${environment.name}\0${to}`;
      const known = moved.get(key) ?? { environment: environment.name, from: [], to };
      if (from !== undefined && !known.from.includes(from)) known.from.push(from);
      moved.set(key, known);
    }
  }
  return [...moved.values()];
}

function hasPins({ pin, componentPins }: Environment): boolean {
  return pin !== undefined || componentPins.length > 0;
}

function componentsOf(environment: Environment, state: RepositoryState): Set<string> {
  const names = new Set(environment.componentPins.map((pin) => pin.component));
  const pinned = environment.pin === undefined ? undefined : state.pinned.get(environment.pin.ref);
  const { configuration } = pinned ?? state.values;
  for (const component of configuration.components)
    if (existsAt(configuration, component, environment)) names.add(component.name);
  return names;
}

function placeOfPin(state: RepositoryState, name: string): { file: string; line: number; column: number | null } {
  const environment = state.values.configuration.environments.find((one) => one.name === name);
  const place = environment?.places.pin ?? environment?.places.environment;
  return {
    file: place?.file ?? `environments/${name}/environment.yaml`,
    line: place?.line ?? 1,
    column: place?.column ?? null,
  };
}
