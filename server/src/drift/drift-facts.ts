import type { Severity } from "@plumbline/contract";
import type { Tx } from "../platform/database/pools.ts";
import type { DriftFacts } from "../workspaces/workspaces-context.ts";
import { openAlarms, overdueIds } from "./alarm-store.ts";
import { casesSince, openCases } from "./case-store.ts";
import { newestChecks } from "./check-store.ts";

/** What drift knows of workspaces, for their lists and pages. */
export async function driftFacts(
  tx: Tx,
  workspaceIds: readonly string[],
  since: Date,
): Promise<ReadonlyMap<string, DriftFacts>> {
  const open = new Map((await openCases(tx, workspaceIds)).map((found) => [found.workspaceId, found]));
  const cases = Map.groupBy(await casesSince(tx, workspaceIds, since), ({ workspaceId }) => workspaceId);
  const checks = await newestChecks(tx, workspaceIds);
  const alarms = await openAlarms(tx, workspaceIds);
  return new Map(
    workspaceIds.map((id) => {
      const found = open.get(id);
      const check = checks.get(id);
      return [
        id,
        {
          case:
            found === undefined
              ? null
              : {
                  number: found.number,
                  severity: found.severity,
                  title: found.title,
                  pullRequest: found.pullRequest,
                },
          checkFailed: check?.outcome === "failed" ? (check.detail ?? "it could not look") : null,
          overdueSince: alarms.get(id) ?? null,
          cases: cases.get(id) ?? [],
        },
      ];
    }),
  );
}

/** What is out of line in the organization: severities of open cases by workspace, and the overdue ones. */
export async function driftStandings(
  tx: Tx,
): Promise<{ drifted: ReadonlyMap<string, Severity>; overdue: ReadonlySet<string> }> {
  return {
    drifted: new Map((await openCases(tx)).map(({ workspaceId, severity }) => [workspaceId, severity])),
    overdue: new Set(await overdueIds(tx)),
  };
}
