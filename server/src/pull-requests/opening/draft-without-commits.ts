import { problem } from "@plumbline/contract";
import { driftInterval, findComponent, findEnvironment } from "@plumbline/contract/configuration/configuration";
import { liesWithin } from "@plumbline/contract/configuration/repository-path";
import { parseWorkspaceName } from "@plumbline/contract/configuration/workspaces";
import { existsAt } from "@plumbline/engine/sources/repository-state";
import { codeCommitOf } from "../../repositories/read-configuration-at.ts";
import type { RepositoryReader } from "../../repositories/repository-reader.ts";
import type { AppliedWorkspaceRow } from "../../repositories/applied-workspaces.ts";
import { inputOf } from "../../repositories/workspace-input.ts";
import { digestOf } from "../patch-sets/patch-set-draft.ts";
import type { DraftWorkspace, PatchSetDraft } from "../patch-sets/patch-set-draft.ts";

/**
 * What a pull request without commits is: workspaces planned as main declares them (their pin included), or planned to
 * be destroyed. A workspace that main declares no more is destroyed with the code it was last applied with. The
 * component's and the environment's files of each count as touched.
 */
export async function draftWithoutCommits(
  reader: RepositoryReader,
  request: {
    base: string;
    workspaces: readonly string[];
    destroy: boolean;
    rows: ReadonlyMap<string, AppliedWorkspaceRow>;
  },
): Promise<PatchSetDraft> {
  const { base, destroy, rows } = request;
  const { configuration } = await reader.configuration(base);
  if (configuration === undefined)
    throw problem("configuration_wrong", "Main's configuration cannot be read; mend it by a pull request first.");
  const names = new Set(request.workspaces);
  const drafts: DraftWorkspace[] = [];
  for (const name of names) {
    const parts = parseWorkspaceName(name);
    const environment = parts === undefined ? undefined : findEnvironment(configuration, parts.environment);
    const row = rows.get(name);
    if (parts === undefined || (environment === undefined && row?.declared !== false))
      throw problem("not_found", `There is no workspace ${name}.`);
    const codeCommit = environment === undefined ? undefined : codeCommitOf(environment, parts.component, base);
    const declared = codeCommit === undefined ? undefined : await reader.code(codeCommit);
    const component = declared && findComponent(declared.configuration, parts.component);
    const isHere =
      declared !== undefined &&
      component !== undefined &&
      environment !== undefined &&
      existsAt(declared.configuration, component, environment);
    const commits =
      !isHere || codeCommit === undefined ? lastApplied(name, destroy, row) : { codeCommit, valuesCommit: base };
    const input = await inputOf(reader, { ...commits, ...parts });
    const stage = configuration.environments.findIndex((one) => one.name === parts.environment);
    drafts.push({
      name,
      declared: {
        ...parts,
        layer: input.layer,
        driftEverySeconds: environment === undefined ? 900 : driftInterval(environment, parts.component),
      },
      relation: "changed",
      stage: stage < 0 ? configuration.environments.length : stage,
      ...commits,
      inputTree: input.inputTree,
      destroy,
      needs: input.dependsOn.map((upstream) => `${upstream}/${parts.environment}`).filter((one) => names.has(one)),
      touchedPaths: input.entries
        .map((entry) => entry.path)
        .filter((path) => liesWithin(input.directory, path) || input.varFiles.includes(path)),
    });
  }
  return {
    ...draftOfNothing(base),
    affected: inOrder(destroy ? reversed(drafts) : drafts),
    environments: [...new Set(drafts.map((draft) => draft.declared.environment))],
  };
}

/** A patch set that is main's commit itself: it changes no file and plans nothing. */
export function draftOfNothing(base: string): PatchSetDraft {
  return {
    commit: base,
    base,
    trialCommit: base,
    conflicts: null,
    changedPaths: [],
    promotedPaths: [],
    promotedCommits: [],
    filesDigest: digestOf([]),
    commits: [],
    problems: [],
    affected: [],
    environments: [],
    addresses: [],
    ticket: null,
  };
}

function lastApplied(
  name: string,
  destroy: boolean,
  row: AppliedWorkspaceRow | undefined,
): { codeCommit: string; valuesCommit: string } {
  if (!destroy) throw problem("wrong_status", `Main does not declare ${name} any more; it can only be destroyed.`);
  const codeCommit = row?.appliedCodeCommit ?? null;
  const valuesCommit = row?.appliedValuesCommit ?? null;
  if (codeCommit === null || valuesCommit === null)
    throw problem("wrong_status", `Nothing was ever applied in ${name}: there is nothing to destroy.`);
  return { codeCommit, valuesCommit };
}

/** What depends on others is destroyed before them. */
function reversed(drafts: readonly DraftWorkspace[]): DraftWorkspace[] {
  return drafts.map((draft) => ({
    ...draft,
    needs: drafts.filter((other) => other.needs.includes(draft.name)).map((other) => other.name),
  }));
}

/** By environment, and inside one each after all it needs. */
function inOrder(drafts: readonly DraftWorkspace[]): DraftWorkspace[] {
  const byName = new Map(drafts.map((draft) => [draft.name, draft]));
  const sorted = new Set<DraftWorkspace>();
  const add = (draft: DraftWorkspace, above: ReadonlySet<string>): void => {
    if (above.has(draft.name)) return;
    for (const name of draft.needs) {
      const needed = byName.get(name);
      if (needed !== undefined) add(needed, new Set([...above, draft.name]));
    }
    sorted.add(draft);
  };
  for (const draft of drafts.toSorted((left, right) => left.stage - right.stage)) add(draft, new Set());
  return [...sorted];
}
