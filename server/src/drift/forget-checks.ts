import { allOrganizations } from "../organizations/find-organization.ts";
import { forgetRuns, oldDriftRuns } from "../runs/forget-runs.ts";
import { runsOfCases } from "./case-store.ts";
import { deleteChecks } from "./check-store.ts";
import type { DriftContext } from "./drift-context.ts";

const keptDays = 7;
const atOnce = 500;

/**
 * Deletes checks of which no case tells, a week after they were made: a workspace that is looked at every minute makes
 * half a million of them in a year. Answers how many.
 */
export async function forgetChecks(context: DriftContext): Promise<number> {
  const before = new Date(context.clock.now().getTime() - keptDays * 86_400_000);
  let forgotten = 0;
  for (const { id } of await allOrganizations(context.db))
    for (let left = true; left;)
      left = await context.db.transaction(id, async (tx) => {
        const runIds = await oldDriftRuns(tx, before, await runsOfCases(tx), atOnce);
        await deleteChecks(tx, runIds);
        await forgetRuns(tx, runIds);
        forgotten += runIds.length;
        return runIds.length === atOnce;
      });
  return forgotten;
}
