import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { sumOfReadable } from "../../access/sum-of-readable.ts";
import { activeByEnvironment } from "../queue/queue-store.ts";
import type { RunsContext } from "../runs-context.ts";

/** How many runs of a repository are queued or running, in environments that the actor may read. */
export async function countActiveRuns(
  context: Pick<RunsContext, "db">,
  actor: Actor,
  repository: string,
): Promise<number> {
  authorize(actor, "environment.read");
  const active = await context.db.transaction(actor.organizationId, (tx) => activeByEnvironment(tx, repository));
  return sumOfReadable(actor, active);
}
