import type { Readable } from "node:stream";
import { problem } from "@plumbline/contract";
import type { RunnerCall } from "./run-of-runner.ts";
import { runOfRunner } from "./run-of-runner.ts";
import type { RunsContext } from "../runs-context.ts";

/** A tar of exactly the files that the run may read. */
export async function runInput(context: RunsContext, call: RunnerCall): Promise<Readable> {
  const run = await context.db.transaction(call.runner.organizationId, (tx) => runOfRunner(tx, call, "read"));
  if (run.status !== "running") throw problem("lease_lost", `Run ${run.number} is ${run.status}.`);
  return context.repositories.streamWorkspaceArchive({
    organizationId: run.organizationId,
    repositoryId: run.workspace.repositoryId,
    codeCommit: run.codeCommit,
    valuesCommit: run.valuesCommit,
    component: run.workspace.component,
    environment: run.workspace.environment,
  });
}
