import { createHash } from "node:crypto";
import type { Tx } from "../platform/database/pools.ts";
import type { RunRecord } from "./run.ts";
import type { RunsContext } from "./runs-context.ts";

/** The plan file, its JSON, or the state that an apply could not store. */
export type ArtifactKind = "plan" | "plan_json" | "errored_state";

/** Seals and stores bytes of a run under its epoch, in place of what was there. Answers their SHA-256. */
export async function storeArtifact(
  tx: Tx,
  context: Pick<RunsContext, "sealing" | "newId" | "clock">,
  run: RunRecord,
  kind: ArtifactKind,
  bytes: Buffer,
): Promise<string> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const id = context.newId();
  const values = {
    artifact_id: id,
    sha256,
    size: bytes.length,
    sealed: context.sealing.seal("run-artifact", run.organizationId, id, bytes),
    created_at: context.clock.now(),
  };
  await tx
    .insertInto("run_artifacts")
    .values({ organization_id: run.organizationId, run_id: run.id, epoch: run.epoch, kind, ...values })
    .onConflict((conflict) => conflict.columns(["organization_id", "run_id", "epoch", "kind"]).doUpdateSet(values))
    .execute();
  return sha256;
}

/** The bytes of an artifact; undefined where there is none. */
export async function readArtifact(
  tx: Tx,
  context: Pick<RunsContext, "sealing">,
  organizationId: string,
  from: { runId: string; epoch: number },
  kind: ArtifactKind,
): Promise<{ sha256: string; bytes: Buffer } | undefined> {
  const row = await tx
    .selectFrom("run_artifacts")
    .select(["artifact_id", "sha256", "sealed"])
    .where("run_id", "=", from.runId)
    .where("epoch", "=", from.epoch)
    .where("kind", "=", kind)
    .executeTakeFirst();
  return (
    row && {
      sha256: row.sha256,
      bytes: context.sealing.open("run-artifact", organizationId, row.artifact_id, row.sealed),
    }
  );
}

/** The hash of an artifact without opening it. */
export async function artifactHash(
  tx: Tx,
  from: { runId: string; epoch: number },
  kind: ArtifactKind,
): Promise<string | undefined> {
  const row = await tx
    .selectFrom("run_artifacts")
    .select("sha256")
    .where("run_id", "=", from.runId)
    .where("epoch", "=", from.epoch)
    .where("kind", "=", kind)
    .executeTakeFirst();
  return row?.sha256;
}
