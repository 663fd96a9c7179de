import { findComponent } from "@plumbline/contract/configuration/configuration";
import { workspaceName } from "@plumbline/contract/configuration/workspaces";
import type { Tx } from "../../platform/database/pools.ts";
import { appliedWorkspaces } from "../../repositories/applied-workspaces.ts";
import { openReader } from "../../repositories/repository-reader.ts";
import type { Repository } from "../../repositories/repository.ts";
import type { AffectedRecord } from "../pull-request.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import type { RemainingDependent } from "./remaining-dependents.ts";

/**
 * Who would be left behind by a destruction in other repositories: workspaces with resources that take an output of what
 * is destroyed, by the code they were applied with or by their main. Sorted by name.
 */
export async function dependentsElsewhere(
  tx: Tx,
  context: Pick<PullRequestsContext, "caches" | "forge">,
  own: Repository,
  others: Iterable<Repository>,
  destroyed: readonly Pick<AffectedRecord, "workspace" | "environment">[],
): Promise<RemainingDependent[]> {
  const names = new Set(destroyed.map(({ workspace }) => workspace));
  const environments = new Set(destroyed.map(({ environment }) => environment));
  const found: RemainingDependent[] = [];
  for (const other of others) {
    if (other.repositoryId === own.repositoryId || other.headCommit === null) continue;
    const reader = await openReader(context.caches, other, context.forge.objects(other));
    for (const [workspace, row] of await appliedWorkspaces(tx, other.repositoryId)) {
      if (!environments.has(row.environment) || row.resourceCount === 0) continue;
      const upstreams = new Set<string>();
      for (const commit of [row.appliedCodeCommit, other.headCommit]) {
        const code = commit === null ? undefined : await reader.code(commit);
        const inputs = (code && findComponent(code.configuration, row.component)?.foreignInputs) ?? [];
        for (const { repository, component } of inputs)
          if (repository === own.name) upstreams.add(workspaceName(component, row.environment));
      }
      const dependsOn = [...upstreams].filter((name) => names.has(name));
      if (dependsOn.length > 0)
        found.push({ workspace: `${other.name}:${workspace}`, resources: row.resourceCount, dependsOn });
    }
  }
  return found.toSorted((left, right) => (left.workspace < right.workspace ? -1 : 1));
}
