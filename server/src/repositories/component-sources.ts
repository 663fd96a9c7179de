import { posix } from "node:path";
import type { RepositoriesContext } from "./repositories-context.ts";
import { openReader } from "./repository-reader.ts";

/** Which component's directory at which commit. */
export interface ComponentSourcesRequest {
  organizationId: string;
  repositoryId: string;
  commit: string;
  /** From the root of the tree, without slashes at its ends. */
  directory: string;
}

/** What declares a root module's variables, and what in its own directory sets them. */
const wanted = /(?:\.tf|\.tofu|^terraform\.tfvars|\.auto\.tfvars)(?:\.json)?$/;

/** The files that lie directly in a component's directory and declare or set its variables, by path. */
export async function componentSources(
  context: Pick<RepositoriesContext, "caches" | "forge">,
  request: ComponentSourcesRequest,
): Promise<{ path: string; text: string }[]> {
  const reader = await openReader(context.caches, request, context.forge.objects(request));
  const snapshot = await reader.snapshot(request.commit);
  const paths = snapshot.entries
    .map(({ path }) => path)
    .filter((path) => posix.dirname(path) === request.directory && wanted.test(posix.basename(path)))
    .toSorted();
  const read = await Promise.all(paths.map(async (path) => ({ path, text: await snapshot.text(path) })));
  return read.flatMap(({ path, text }) => (text === undefined ? [] : [{ path, text }]));
}
