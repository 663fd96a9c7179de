import { existsIn } from "@plumbline/contract/configuration/placement";
import { workspaceName } from "@plumbline/contract/configuration/workspaces";
import type { Configuration } from "@plumbline/contract/configuration/configuration";
import { allRepositories } from "../repositories/find-repository.ts";
import type { WorkspaceRecord } from "./workspace-store.ts";
import type { WorkspacesContext } from "./workspaces-context.ts";

/**
 * Which workspaces of other repositories take outputs of this one, by what their mains say. Those are read only where
 * this repository offers something of the component.
 */
export async function takenElsewhere(
  context: WorkspacesContext,
  workspace: Pick<WorkspaceRecord, "organizationId" | "repositoryId" | "component" | "environment">,
  configuration: Configuration | undefined,
): Promise<{ output: string; workspace: string }[]> {
  const { organizationId, repositoryId, component, environment } = workspace;
  if (configuration?.exports?.some((one) => one.component === component) !== true) return [];
  const all = await context.db.transaction(organizationId, allRepositories);
  const own = all.find((one) => one.repositoryId === repositoryId);
  const found = await Promise.all(
    all
      .filter((one) => one.repositoryId !== repositoryId && one.headCommit !== null)
      .map(async (one) => {
        const main = await context.mainConfiguration(organizationId, one.repositoryId);
        return (main?.components ?? []).flatMap((taker) =>
          existsIn(taker, environment)
            ? (taker.foreignInputs ?? [])
                .filter((input) => input.repository === own?.name && input.component === component)
                .map(({ output }) => ({ output, workspace: `${one.name}:${workspaceName(taker.name, environment)}` }))
            : [],
        );
      }),
  );
  return found.flat();
}
