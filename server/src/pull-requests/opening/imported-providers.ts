import { problem } from "@plumbline/contract";
import { lockFileName, LockFileError, readLockFile } from "@plumbline/engine/terraform/lock-file";
import type { RepositoryReader } from "../../repositories/repository-reader.ts";
import type { WorkspaceInput } from "../../repositories/workspace-input.ts";
import type { PatchSetDraft } from "../patch-sets/patch-set-draft.ts";
import { list } from "../gate/condition.ts";

/**
 * Throws `configuration_wrong`, naming the lock file, where it lacks a provider of a state that is to be taken over: then
 * the engine could not read what the state holds.
 */
export async function requireLocked(
  reader: RepositoryReader,
  draft: PatchSetDraft,
  { directory, engine }: Pick<WorkspaceInput, "directory" | "engine">,
  providers: readonly string[],
): Promise<void> {
  const [row] = draft.affected;
  if (row === undefined || providers.length === 0) return;
  const file = directory === "." || directory === "" ? lockFileName : `${directory}/${lockFileName}`;
  const text = await (await reader.snapshot(row.codeCommit)).text(file);
  const locked = new Set(text === undefined ? [] : addressesOf(text, file));
  const missing = providers.filter((address) => !locked.has(address) && !locked.has(asTofuReads(address, engine.name)));
  if (missing.length === 0) return;
  throw problem(
    "configuration_wrong",
    text === undefined
      ? `The state has resources of ${list(missing)}, and ${file} is not in the repository.`
      : `The state has resources of ${list(missing)}, which ${file} does not name.`,
    {
      places: [{ file, line: 1 }],
      next: `Run ${engine.name === "tofu" ? "tofu" : "terraform"} init in ${directory}, and merge the lock file by a pull request. If they are left over from what is gone, take them out of the state where it is now (state rm), and pull it again.`,
    },
  );
}

/** tofu looks for what terraform's registry gave in its own. */
function asTofuReads(address: string, engine: string): string {
  return engine === "tofu" ? address.replace(/^registry\.terraform\.io\//, "registry.opentofu.org/") : address;
}

function addressesOf(text: string, file: string): string[] {
  try {
    return readLockFile(text).map(({ address }) => address);
  } catch (error) {
    if (!(error instanceof LockFileError)) throw error;
    throw problem("configuration_wrong", `${file} cannot be read: ${error.message}.`, {
      places: [{ file, line: error.line }],
      next: "Have the engine write it anew (init -upgrade=false), and merge it by a pull request.",
    });
  }
}
