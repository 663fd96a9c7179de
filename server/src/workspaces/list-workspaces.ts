import type { WorkspaceState, WorkspaceSummary } from "@plumbline/contract";
import type { Configuration } from "@plumbline/contract/configuration/configuration";
import { workspaces as configuredWorkspaces } from "@plumbline/contract/configuration/workspaces";
import type { Actor } from "../access/actor.ts";
import { authorize, may } from "../access/authorize.ts";
import type { Tx } from "../platform/database/pools.ts";
import { findRuns } from "../runs/run-queries.ts";
import { laneStart } from "./lane.ts";
import { summarizeWorkspace } from "./summarize-workspace.ts";
import { selectWorkspaces } from "./workspace-store.ts";
import type { WorkspaceRecord } from "./workspace-store.ts";
import type { WorkspacesContext } from "./workspaces-context.ts";

/** All workspaces the actor may see, in the order of promotion and dependency. */
export async function listWorkspaces(
  context: WorkspacesContext,
  actor: Actor,
  query: { repository?: string | undefined; environment?: string | undefined; state?: WorkspaceState | undefined },
): Promise<{ items: WorkspaceSummary[] }> {
  authorize(actor, "environment.read", query.environment);
  const filter = { repository: query.repository, environment: query.environment };
  const found = await context.db.transaction(actor.organizationId, (tx) => selectWorkspaces(tx, filter));
  const seen = found.filter(({ environment }) => may(actor, "environment.read", environment));
  const configurations = await mainConfigurations(context, seen);
  const items = await context.db.transaction(actor.organizationId, (tx) =>
    summaries(tx, context, seen, configurations),
  );
  return { items: items.filter((item) => query.state === undefined || item.state === query.state) };
}

/** Rows of the workspaces that the actor may read; who calls has authorized. */
export async function readableWorkspaces(
  tx: Tx,
  actor: Actor,
  filter: { repository?: string | undefined },
): Promise<WorkspaceRecord[]> {
  const found = await selectWorkspaces(tx, { repository: filter.repository });
  return found.filter(({ environment }) => may(actor, "environment.read", environment));
}

/** Summaries of workspaces of one organization, sorted as main's configuration has them. */
export async function summaries(
  tx: Tx,
  context: WorkspacesContext,
  workspaces: readonly WorkspaceRecord[],
  configurations: ReadonlyMap<string, Configuration | undefined>,
): Promise<WorkspaceSummary[]> {
  if (workspaces.length === 0) return [];
  const now = context.clock.now();
  const open = await findRuns(tx, {
    kind: "apply",
    status: ["waits", "queued", "running", "held", "failed", "unknown", "expired", "canceled"],
  });
  const queues = Map.groupBy(
    open.toSorted((one, other) => (one.mergeSequence ?? 0) - (other.mergeSequence ?? 0)),
    (run) => run.workspace.id,
  );
  const drift = await context.driftFacts(
    tx,
    workspaces.map(({ id }) => id),
    laneStart(now),
  );
  const configured = new Map([...configurations].map(([id, configuration]) => [id, rank(configuration)]));
  const ranked = workspaces.map((workspace) => {
    const known = configured.get(workspace.repositoryId)?.get(workspace.name);
    const summary = summarizeWorkspace({
      workspace,
      queue: queues.get(workspace.id) ?? [],
      drift: drift.get(workspace.id),
      dependsOn: known?.dependsOn ?? [],
      now,
    });
    return { summary, rank: known?.rank ?? Number.MAX_SAFE_INTEGER };
  });
  return ranked.toSorted((one, other) => one.rank - other.rank).map(({ summary }) => summary);
}

/** What main of each workspace's repository declares. Not within a transaction: it takes a connection of its own. */
export async function mainConfigurations(
  context: WorkspacesContext,
  workspaces: readonly WorkspaceRecord[],
): Promise<Map<string, Configuration | undefined>> {
  const found = new Map<string, Configuration | undefined>();
  for (const { repositoryId, organizationId } of workspaces)
    if (!found.has(repositoryId))
      found.set(repositoryId, await context.mainConfiguration(organizationId, repositoryId));
  return found;
}

function rank(configuration: Configuration | undefined): Map<string, { rank: number; dependsOn: string[] }> {
  const all = configuration === undefined ? [] : configuredWorkspaces(configuration);
  return new Map(all.map((workspace, index) => [workspace.name, { rank: index, dependsOn: workspace.dependsOn }]));
}
