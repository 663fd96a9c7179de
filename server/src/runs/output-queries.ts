import { z } from "zod";
import type { Tx } from "../platform/database/pools.ts";
import type { RunsContext } from "./runs-context.ts";

/** An output as a plan leaves it behind. */
const PlannedOutputs = z.record(
  z.string(),
  z.discriminatedUnion("known", [
    z.object({ known: z.literal(true), sensitive: z.boolean(), value: z.json() }),
    z.object({ known: z.literal(false), sensitive: z.boolean() }),
  ]),
);
export type PlannedOutputs = z.infer<typeof PlannedOutputs>;

/** The id of the workspace of a component in an environment. */
export async function workspaceOf(
  tx: Tx,
  repositoryId: string,
  component: string,
  environment: string,
): Promise<string | undefined> {
  const row = await tx
    .selectFrom("workspaces")
    .select("workspace_id as id")
    .where("repository_id", "=", repositoryId)
    .where("component", "=", component)
    .where("environment", "=", environment)
    .executeTakeFirst();
  return row?.id;
}

/** What a plan run said its outputs will be. */
export async function plannedOutputsOf(
  tx: Tx,
  context: Pick<RunsContext, "sealing">,
  organizationId: string,
  runId: string,
): Promise<PlannedOutputs> {
  const row = await tx
    .selectFrom("runs")
    .select("planned_outputs_sealed as sealed")
    .where("run_id", "=", runId)
    .executeTakeFirst();
  if (!row || row.sealed === null) return {};
  const bytes = context.sealing.open("planned-outputs", organizationId, runId, row.sealed);
  return PlannedOutputs.parse(JSON.parse(bytes.toString("utf8")));
}

/** Seals them. */
export function sealPlannedOutputs(
  context: Pick<RunsContext, "sealing">,
  organizationId: string,
  runId: string,
  outputs: PlannedOutputs,
): Buffer {
  return context.sealing.seal("planned-outputs", organizationId, runId, Buffer.from(JSON.stringify(outputs)));
}
