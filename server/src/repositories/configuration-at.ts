import type { Configuration } from "@plumbline/contract/configuration/configuration";
import type { ConfigurationProblem } from "@plumbline/contract/configuration/problem";
import type { RepositoryKey } from "../forges/forge.ts";
import { combine } from "./read-configuration-at.ts";
import type { RepositoriesContext } from "./repositories-context.ts";
import { openReader } from "./repository-reader.ts";

/**
 * What is configured where code and values come from two commits (a pin): components, layers and engine of the first,
 * environments of the second. `configuration` is undefined where either cannot be read; `problems` says why.
 */
export async function configurationAt(
  context: Pick<RepositoriesContext, "caches" | "forge">,
  key: RepositoryKey,
  codeCommit: string,
  valuesCommit: string,
): Promise<{ configuration: Configuration | undefined; problems: ConfigurationProblem[] }> {
  const reader = await openReader(context.caches, key, context.forge.objects(key));
  const values = await reader.configuration(valuesCommit);
  if (codeCommit === valuesCommit) return values;
  const code = await reader.configuration(codeCommit);
  return {
    configuration:
      code.configuration && values.configuration ? combine(code.configuration, values.configuration) : undefined,
    problems: [...code.problems, ...values.problems],
  };
}

/** The text of a file at a commit; undefined where there is no such file. */
export async function fileAt(
  context: Pick<RepositoriesContext, "caches" | "forge">,
  key: RepositoryKey,
  commit: string,
  path: string,
): Promise<string | undefined> {
  const reader = await openReader(context.caches, key, context.forge.objects(key));
  return (await reader.snapshot(commit)).text(path);
}
