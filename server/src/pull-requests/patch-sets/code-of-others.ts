import { directoryIn } from "@plumbline/contract/configuration/placement";
import { isTemplate } from "@plumbline/contract/configuration/template";
import { closureOf } from "@plumbline/engine/sources/closure";
import { resolveWorkspaces } from "@plumbline/engine/sources/repository-state";
import type { RepositoryState } from "@plumbline/engine/sources/repository-state";
import type { RepositoryReader } from "../../repositories/repository-reader.ts";

/**
 * Tells of a path whether it is code of other environments alone: in a directory that a component has there, and nothing
 * that a workspace of this environment reads. Moving a pin of this one takes nothing over by it.
 */
export async function codeOfOthers(
  reader: Pick<RepositoryReader, "references">,
  state: RepositoryState,
  environment: string,
): Promise<(path: string) => boolean> {
  const others = new Set<string>();
  const read = new Set<string>();
  for (const { component, code, directory, ...workspace } of resolveWorkspaces(state)) {
    if (workspace.environment.name !== environment) continue;
    const { roots } = await closureOf(code, directory, component.modules, reader.references);
    for (const root of roots) read.add(root);
    // Of all components that are there, also those that this environment has not.
    for (const one of code.configuration.components)
      if (isTemplate(one.path))
        for (const { name } of code.configuration.environments) others.add(directoryIn(one, name));
  }
  return (path) => others.size > 0 && liesIn(path, others) && !liesIn(path, read);
}

function liesIn(path: string, directories: ReadonlySet<string>): boolean {
  if (directories.has(path) || directories.has(".")) return true;
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1))
    if (directories.has(path.slice(0, end))) return true;
  return false;
}
