import type { RunStatus, Severity, WorkspaceState } from "@plumbline/contract";
import { workspaceName } from "@plumbline/contract/configuration/workspaces";
import type { Actor } from "../access/actor.ts";
import { may } from "../access/authorize.ts";
import { unappliedStatuses } from "../runs/run-queries.ts";
import { placesIn } from "./places.ts";
import type { Place } from "./places.ts";
import { workspaceState } from "./workspace-state.ts";
import { selectStandings } from "./workspace-store.ts";
import type { StandingFilter, StandingRow } from "./workspace-store.ts";
import type { WorkspacesContext } from "./workspaces-context.ts";

/** How a workspace stands, without what is behind it. */
export interface Standing {
  id: string;
  name: string;
  component: string;
  environment: string;
  state: WorkspaceState;
  severity: Severity | null;
  overdue: boolean;
  /** Whether it was ever checked. */
  verified: boolean;
}

/** How all workspaces stand that the actor may read, as main's configuration sorts them. Who calls has authorized. */
export async function readStandings(
  context: WorkspacesContext,
  actor: Actor,
  filter: StandingFilter,
): Promise<Standing[]> {
  const found = await context.db.transaction(actor.organizationId, async (tx) => ({
    rows: await selectStandings(tx, filter),
    queues: await unappliedStatuses(tx),
    drift: await context.driftStandings(tx),
  }));
  return sortedStandings(context, actor, found);
}

/** Rows of workspaces, and what else decides how they stand. */
interface FoundStandings {
  rows: readonly StandingRow[];
  queues: ReadonlyMap<string, readonly RunStatus[]>;
  drift: Awaited<ReturnType<WorkspacesContext["driftStandings"]>>;
}

/** Those of the rows that the actor may read, as main's configuration sorts them. */
export async function sortedStandings(
  context: WorkspacesContext,
  actor: Actor,
  { rows, queues, drift }: FoundStandings,
): Promise<Standing[]> {
  const { organizationId } = actor;
  const readable = new Map<string, boolean>();
  for (const { environment } of rows)
    if (!readable.has(environment)) readable.set(environment, may(actor, "environment.read", environment));
  const places = new Map<string, ReadonlyMap<string, Place>>();
  for (const { repositoryId } of rows)
    if (!places.has(repositoryId))
      places.set(repositoryId, placesIn(context, await context.mainConfiguration(organizationId, repositoryId)));
  const ranked = rows
    .filter(({ environment }) => readable.get(environment) === true)
    .map((row) => {
      const name = workspaceName(row.component, row.environment);
      const severity = drift.drifted.get(row.id) ?? null;
      const overdue = drift.overdue.has(row.id);
      const state = workspaceState({
        declared: row.declared,
        frozen: row.frozen,
        queue: queues.get(row.id) ?? [],
        drift: severity,
        unverified: row.checkFailed || overdue,
        neverApplied: row.neverApplied,
      });
      const { id, component, environment, verified } = row;
      const standing: Standing = { id, name, component, environment, state, severity, overdue, verified };
      return { standing, rank: places.get(row.repositoryId)?.get(name)?.rank ?? Number.MAX_SAFE_INTEGER };
    });
  return ranked.toSorted((one, other) => one.rank - other.rank).map(({ standing }) => standing);
}
