import type { Severity, WorkspaceState } from "@plumbline/contract";
import type { Configuration } from "@plumbline/contract/configuration/configuration";
import { workspaceName, workspaces as configuredWorkspaces } from "@plumbline/contract/configuration/workspaces";
import type { Actor } from "../access/actor.ts";
import { may } from "../access/authorize.ts";
import { expressionsToRead } from "../access/kept-to-clients.ts";
import { unappliedStatuses } from "../runs/run-queries.ts";
import { workspaceState } from "./workspace-state.ts";
import { lastVerified, selectStandings } from "./workspace-store.ts";
import type { StandingFilter } from "./workspace-store.ts";
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
  const { organizationId } = actor;
  const { rows, queues, drift } = await context.db.transaction(organizationId, async (tx) => ({
    rows: await selectStandings(tx, filter),
    queues: await unappliedStatuses(tx),
    drift: await context.driftStandings(tx),
  }));
  const readable = new Map<string, boolean>();
  for (const { environment } of rows)
    if (!readable.has(environment)) readable.set(environment, may(actor, "environment.read", environment));
  const ranks = new Map<string, ReadonlyMap<string, number>>();
  for (const { repositoryId } of rows)
    if (!ranks.has(repositoryId))
      ranks.set(repositoryId, ranksOf(context, await context.mainConfiguration(organizationId, repositoryId)));
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
      return { standing, rank: ranks.get(row.repositoryId)?.get(name) ?? Number.MAX_SAFE_INTEGER };
    });
  return ranked.toSorted((one, other) => one.rank - other.rank).map(({ standing }) => standing);
}

/** When a check last saw one of a repository's workspaces; null where none did. Who calls has authorized. */
export async function readLastVerified(
  context: WorkspacesContext,
  actor: Actor,
  repository: string,
): Promise<Date | null> {
  return context.db.transaction(actor.organizationId, (tx) => lastVerified(tx, repository, expressionsToRead(actor)));
}

/** Places of workspaces in the order of promotion and dependency; worked out once for each configuration. */
function ranksOf(
  { ranks }: Pick<WorkspacesContext, "ranks">,
  configuration: Configuration | undefined,
): ReadonlyMap<string, number> {
  if (configuration === undefined) return new Map();
  const known = ranks.get(configuration);
  if (known !== undefined) return known;
  const made = new Map(configuredWorkspaces(configuration).map(({ name }, index) => [name, index]));
  ranks.set(configuration, made);
  return made;
}
