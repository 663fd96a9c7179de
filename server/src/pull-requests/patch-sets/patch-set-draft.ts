import { createHash } from "node:crypto";
import { canonicalJson, problem } from "@plumbline/contract";
import { codeOwnersPaths } from "@plumbline/contract/configuration/code-owners/code-owners";
import { driftInterval } from "@plumbline/contract/configuration/configuration";
import { parseWorkspaceName } from "@plumbline/contract/configuration/workspaces";
import { affectedWorkspaces } from "@plumbline/engine/sources/affected-workspaces";
import type { AffectedWorkspace } from "@plumbline/engine/sources/affected-workspaces";
import type { RepositoryState, Workspace } from "@plumbline/engine/sources/repository-state";
import { trailers } from "../../forges/builtin/commits.ts";
import type { PersonView } from "../../people/find-people.ts";
import type { RepositoryReader } from "../../repositories/repository-reader.ts";
import type { OrganizationRules } from "../../repositories/repository-rules.ts";
import { codeOwnersOf } from "../../repositories/rules.ts";
import type { Listing } from "../../repositories/snapshot.ts";
import type { DeclaredWorkspace } from "../../repositories/sync-workspaces.ts";
import { inputOf } from "../../repositories/workspace-input.ts";
import type { PatchSetContent } from "./patch-set-store.ts";
import type { PatchSetProblem } from "../pull-request.ts";
import { distinctPeople, peopleOf } from "./commit-people.ts";
import { missingOutputs } from "./foreign-inputs.ts";
import type { LookAround } from "./foreign-inputs.ts";
import { policyProblems } from "./policy-problems.ts";
import { codeOwnerProblems } from "./code-owner-problems.ts";
import { planPromotion } from "./promoted-paths.ts";
import type { AppliedCommits } from "./promoted-paths.ts";

/** A workspace that a change touches, before it has a row. */
export interface DraftWorkspace {
  name: string;
  declared: DeclaredWorkspace;
  relation: "changed" | "downstream" | "removed";
  stage: number;
  codeCommit: string;
  valuesCommit: string;
  /** Null: it is not planned before the merge. */
  inputTree: string | null;
  destroy: boolean;
  /** Names of the affected workspaces that go before it. */
  needs: string[];
  touchedPaths: string[];
}

/** Everything that is known of a change before anything is stored. */
export interface PatchSetDraft extends PatchSetContent {
  affected: DraftWorkspace[];
  /** Environments that it touches, with or without a plan: the right to propose is needed in each. */
  environments: string[];
  /** Commits that a moved pin takes over. */
  promotedCommits: string[];
  /** The ticket that a trailer names. */
  ticket: string | null;
}

/** Who makes trial merges and merges. */
export const serverName = { name: "Plumbline", address: "plumbline@localhost" };
/** Everybody in a change's commits counts, so one with more than can be read is refused. */
const mostCommits = 5_000;
const mostShown = 250;
const ownersFiles: ReadonlySet<string> = new Set(codeOwnersPaths);

/**
 * Works out what a change is: its trial merge with main, what it changes, what is wrong with it, which workspaces it
 * affects and what each of them reads. Writes at most the objects of the trial merge.
 */
export async function draftPatchSet(
  reader: RepositoryReader,
  change: {
    base: string;
    commit: string;
    mergeBase: string;
    at: Date;
    applied: AppliedCommits;
    people: readonly PersonView[];
    /** The organization's policies; undefined where it has none. */
    organization?: OrganizationRules | null;
    /** Looks at it beside the other repositories. */
    lookAround: LookAround;
  },
): Promise<PatchSetDraft> {
  const { base, commit, mergeBase } = change;
  const { objects } = reader;
  const [commits, trial, before] = await Promise.all([
    objects.commits([commit], [base], mostCommits),
    trialMerge(reader, change),
    reader.snapshot(base),
  ]);
  if (commits.length === mostCommits)
    throw problem("push_refused", `This change has ${mostCommits} commits or more.`, {
      next: "Squash it, or push it in parts.",
    });
  const people = commits.flatMap(peopleOf);
  const shown = commits.slice(0, mostShown).map(({ id, subject, author }) => ({
    id,
    subject: subject.slice(0, 500),
    author: author.name,
    address: author.address,
  }));
  const ticket = commits.flatMap((one) => trailers(one, "Ticket")).at(0) ?? null;
  const common = { commit, base, commits: shown, ticket };
  if (trial.commit === null) {
    const [old, own] = await Promise.all([reader.snapshot(mergeBase), reader.snapshot(commit)]);
    const changedPaths = changedFiles(old, own).map((file) => file.path);
    return {
      ...common,
      addresses: distinctPeople(people),
      trialCommit: null,
      conflicts: trial.conflicts,
      changedPaths,
      promotedPaths: [],
      promotedCommits: [],
      filesDigest: digestOf(changedFiles(old, own)),
      problems: [],
      affected: [],
      environments: environmentsOfPaths(changedPaths, [await reader.state(base)]),
    };
  }
  const after = await reader.snapshot(trial.commit);
  const changed = changedFiles(before, after);
  const [{ problems: mistakes }, state, mainState] = await Promise.all([
    reader.configuration(trial.commit),
    reader.state(trial.commit),
    reader.state(base),
  ]);
  const problems = [...mistakes];
  if (state !== undefined) {
    const { configuration } = state.values;
    problems.push(...(await missingOutputs(configuration, after)), ...(await change.lookAround(configuration)));
  }
  const found: PatchSetProblem[] = problems.map(({ message, file, line, column, proposal }) => ({
    message,
    file,
    line,
    column,
    proposal: proposal ?? null,
  }));
  const promotion =
    state === undefined ? undefined : await planPromotion(reader, base, mainState, state, change.applied);
  found.push(...(promotion?.problems ?? []));
  const { affected, problems: sourceProblems } =
    state === undefined ? { affected: [], problems: [] } : await affectedOf(reader, trial.commit, mainState, state);
  found.push(...sourceProblems);
  const changedPaths = changed.map((file) => file.path);
  if (changedPaths.some((path) => ownersFiles.has(path))) {
    const { codeOwners, codeOwnersFile } = await codeOwnersOf(after);
    found.unshift(...codeOwnerProblems(codeOwners, codeOwnersFile, change.people));
  }
  found.unshift(...(await policyProblems(before, after, changedPaths, change.at, change.organization)));
  return {
    ...common,
    addresses: distinctPeople([...people, ...(promotion?.people ?? [])]),
    trialCommit: trial.commit,
    conflicts: null,
    changedPaths,
    promotedPaths: promotion?.paths ?? [],
    promotedCommits: promotion?.commits ?? [],
    filesDigest: digestOf(changed),
    problems: found.slice(0, 200),
    affected,
    environments: [
      ...new Set([
        ...affected.map((workspace) => workspace.declared.environment),
        ...environmentsOfPaths(changedPaths, [mainState, state]),
      ]),
    ],
  };
}

async function trialMerge(
  reader: RepositoryReader,
  { base, commit, mergeBase, at }: { base: string; commit: string; mergeBase: string; at: Date },
): Promise<{ commit: string; conflicts: null } | { commit: null; conflicts: string[] }> {
  // The change stands on main's tip: merging it gives its own tree.
  if (mergeBase === base) return { commit, conflicts: null };
  const merged = await reader.objects.merge(base, commit);
  if (merged.tree === null) return { commit: null, conflicts: merged.conflicts };
  const signature = { ...serverName, at };
  const message = `Trial merge of ${commit}\n`;
  const made = await reader.objects.commit({
    tree: merged.tree,
    parents: [base, commit],
    author: signature,
    committer: signature,
    message,
  });
  return { commit: made, conflicts: null };
}

async function affectedOf(
  reader: RepositoryReader,
  trial: string,
  before: RepositoryState | undefined,
  after: RepositoryState,
): Promise<{ affected: DraftWorkspace[]; problems: PatchSetProblem[] }> {
  const { workspaces, removed } = await affectedWorkspaces({ before, after, cache: reader.references });
  // An environment whose rules are not on main yet gets no run.
  const known = new Set(before?.values.configuration.environments.map((environment) => environment.name));
  const order = after.values.configuration.environments.map((environment) => environment.name);
  const planned = workspaces.filter((one) => known.has(one.workspace.environment.name));
  const names = new Set(planned.map((one) => one.workspace.name));
  const affected = await Promise.all(
    planned.map((one) => draftWorkspace(reader, trial, one, names, order.indexOf(one.workspace.environment.name))),
  );
  const gone = removed.map((one): DraftWorkspace => ({
    name: one.name,
    declared: declare(one),
    relation: "removed",
    stage: order.length,
    codeCommit: trial,
    valuesCommit: trial,
    inputTree: null,
    destroy: false,
    needs: [],
    touchedPaths: [],
  }));
  const problems = planned.flatMap((one) =>
    one.problems.map(({ file, line, column, message }) => ({
      message,
      file,
      line,
      column: column ?? null,
      proposal: null,
    })),
  );
  const distinct = new Map(problems.map((one) => [`${one.file}\0${one.line}\0${one.message}`, one]));
  return { affected: [...affected, ...gone], problems: [...distinct.values()] };
}

async function draftWorkspace(
  reader: RepositoryReader,
  trial: string,
  one: AffectedWorkspace,
  names: ReadonlySet<string>,
  stage: number,
): Promise<DraftWorkspace> {
  const { workspace } = one;
  const codeCommit = workspace.ref ?? trial;
  const { component, environment } = workspace;
  // A renamed workspace keeps its state, which its new name has not got before the merge: it is planned after that.
  const plannable = one.problems.length === 0 && one.renamedFrom === undefined;
  const request = {
    codeCommit,
    valuesCommit: trial,
    component: component.name,
    environment: environment.name,
  };
  return {
    name: workspace.name,
    declared: declare(workspace, one.renamedFrom),
    relation: one.downstream ? "downstream" : "changed",
    stage,
    codeCommit,
    valuesCommit: trial,
    inputTree: plannable ? (await inputOf(reader, request)).inputTree : null,
    destroy: false,
    needs: one.upstreams.filter((name) => names.has(name)),
    touchedPaths: [],
  };
}

/** `renamedFrom`: its name on main, where this change renames it; a key left over from an earlier change means nothing. */
function declare(workspace: Pick<Workspace, "component" | "environment">, renamedFrom?: string): DeclaredWorkspace {
  const { component, environment } = workspace;
  const former = renamedFrom === undefined ? undefined : parseWorkspaceName(renamedFrom);
  return {
    component: component.name,
    environment: environment.name,
    layer: component.layer,
    driftEverySeconds: driftInterval(environment, component.name),
    ...(former === undefined ? {} : { renamedFrom: former }),
  };
}

/** A file that differs; `id` is null where it is gone. */
interface ChangedFile {
  path: string;
  mode: string;
  id: string | null;
}

function changedFiles(before: Listing, after: Listing): ChangedFile[] {
  const old = new Map(before.entries.map((entry) => [entry.path, entry]));
  const changed: ChangedFile[] = [];
  for (const { path, mode, id } of after.entries) {
    const previous = old.get(path);
    old.delete(path);
    if (previous?.id !== id || previous.mode !== mode) changed.push({ path, mode, id });
  }
  for (const path of old.keys()) changed.push({ path, mode: "", id: null });
  return changed.toSorted((left, right) => (left.path < right.path ? -1 : 1));
}

/**
 * SHA-256 over every file that the change adds, alters or deletes. Those that a plan reads count here too: where it
 * waits for the outputs of another it has no digest yet that would cover them.
 */
export function digestOf(files: readonly { path: string; mode: string; id: string | null }[]): string {
  const listed = files.map(({ path, mode, id }) => [path.toWellFormed(), mode, id]);
  return createHash("sha256")
    .update(canonicalJson({ version: 1, files: listed }))
    .digest("hex");
}

/**
 * Environments whose files paths belong to; their names may hold a slash. Below the folder of a known one may lie code of
 * components; in any other, whatever lies there is the folder's.
 */
function environmentsOfPaths(paths: readonly string[], states: readonly (RepositoryState | undefined)[]): string[] {
  const known = states
    .flatMap((state) => state?.values.configuration.environments ?? [])
    .toSorted((left, right) => right.path.length - left.path.length);
  const found = paths.flatMap((path) => {
    const own = known.find((environment) => path.startsWith(`${environment.path}/`));
    if (own !== undefined) return [own.name];
    const match = /^environments\/((?:[^/]+\/)?[^/]+)\/[^/]+$/.exec(path);
    return match?.[1] === undefined ? [] : [match[1]];
  });
  return [...new Set(found)];
}
