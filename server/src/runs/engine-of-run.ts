import type { EngineConstraint } from "@plumbline/contract/configuration/configuration";
import { findComponent } from "@plumbline/contract/configuration/configuration";
import type { RunRecord } from "./run.ts";
import type { RunsContext } from "./runs-context.ts";

/** The engine that a run's code asks for; undefined where its configuration cannot be read. */
export async function engineOf(
  context: Pick<RunsContext, "repositories">,
  run: Pick<RunRecord, "organizationId" | "workspace" | "codeCommit" | "valuesCommit">,
): Promise<EngineConstraint | undefined> {
  const { organizationId, workspace, codeCommit, valuesCommit } = run;
  const { repositoryId, component } = workspace;
  const read = context.repositories.configurationAt(organizationId, repositoryId, codeCommit, valuesCommit);
  const configuration = await read;
  return (configuration && findComponent(configuration, component)?.engine) ?? configuration?.engine;
}
