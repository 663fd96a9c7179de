import { fullWorkspaceName } from "@plumbline/contract/configuration/workspaces";

/**
 * How rows name their workspaces: `network/prod`, and `shop:network/prod` where the rows are of several repositories. Every
 * command takes both.
 */
export function workspaceNames(
  rows: readonly { repository: string }[],
): (repository: string, workspace: string) => string {
  const several = new Set(rows.map(({ repository }) => repository)).size > 1;
  return (repository, workspace) => (several ? fullWorkspaceName(repository, workspace) : workspace);
}
