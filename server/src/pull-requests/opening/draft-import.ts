import type { AppliedWorkspaceRow } from "../../repositories/applied-workspaces.ts";
import type { RepositoryReader } from "../../repositories/repository-reader.ts";
import type { PatchSetDraft } from "../patch-sets/patch-set-draft.ts";
import { draftOfNothing, draftWithoutCommits } from "./draft-without-commits.ts";

/**
 * What a pull request is that brings a state along: its workspace, planned as main declares it. While only another pull
 * request declares it, there is nothing to plan, and a mistake that says so: it is drafted anew when main moves.
 */
export async function draftImport(
  reader: RepositoryReader,
  request: { base: string; workspace: string; rows: ReadonlyMap<string, AppliedWorkspaceRow> },
): Promise<PatchSetDraft> {
  const { base, workspace, rows } = request;
  if (rows.get(workspace)?.declared === true)
    return draftWithoutCommits(reader, { base, workspaces: [workspace], destroy: false, rows });
  return {
    ...draftOfNothing(base),
    problems: [
      {
        message: `main does not declare ${workspace} yet. Merge the pull request that does: with this one open, nothing of it is applied in ${workspace}, and this one is planned then.`,
        file: "plumbline.yaml",
        line: null,
        column: null,
        proposal: null,
      },
    ],
  };
}
