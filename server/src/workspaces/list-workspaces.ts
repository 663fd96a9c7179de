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
  const items = await context.db.transaction(actor.organizationId, async (tx) => {
    const found = await selectWorkspaces(tx, { repository: query.repository, environment: query.environment });
    return summaries(
      tx,
      context,
      found.filter(({ environment }) => may(actor, "environment.read", environment)),
    );
  });
  return { items: items.filter((item) => query.state === undefined || item.state === query.state) };
}

/** Summaries of workspaces of one organization, sorted as main's configuration has them. */
export async function summaries(
  tx: Tx,
  context: WorkspacesContext,
  workspaces: readonly WorkspaceRecord[],
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
  const configured = await configurations(context, workspaces);
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

type Ranked = Map<string, { rank: number; dependsOn: string[] }>;

async function configurations(
  context: WorkspacesContext,
  workspaces: readonly WorkspaceRecord[],
): Promise<Map<string, Ranked>> {
  const repositories = new Map(workspaces.map((workspace) => [workspace.repositoryId, workspace.organizationId]));
  const found = new Map<string, Ranked>();
  for (const [repositoryId, organizationId] of repositories)
    found.set(repositoryId, rank(await context.mainConfiguration(organizationId, repositoryId)));
  return found;
}

function rank(configuration: Configuration | undefined): Ranked {
  const all = configuration === undefined ? [] : configuredWorkspaces(configuration);
  return new Map(all.map((workspace, index) => [workspace.name, { rank: index, dependsOn: workspace.dependsOn }]));
}
