import { problem } from "@plumbline/contract";
import type { listWorkspaces as endpoint, ResponseOf, WorkspaceSummary } from "@plumbline/contract";
import type { Configuration } from "@plumbline/contract/configuration/configuration";
import type { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import type { Tx } from "../platform/database/pools.ts";
import { findRuns } from "../runs/run-queries.ts";
import { unappliedStates } from "../runs/run.ts";
import { laneStart } from "./lane.ts";
import { placesIn } from "./places.ts";
import { readStandings } from "./read-standings.ts";
import { summarizeWorkspace } from "./summarize-workspace.ts";
import { selectWorkspaces } from "./workspace-store.ts";
import type { WorkspaceRecord } from "./workspace-store.ts";
import type { WorkspacesContext } from "./workspaces-context.ts";

type Query = z.output<NonNullable<(typeof endpoint)["query"]>>;

/** Workspaces the actor may see, in the order of promotion and dependency; the cursor counts those before. */
export async function listWorkspaces(
  context: WorkspacesContext,
  actor: Actor,
  query: Query,
): Promise<ResponseOf<typeof endpoint>> {
  authorize(actor, "environment.read", query.environment);
  const from = Number(query.cursor ?? 0);
  if (!Number.isSafeInteger(from) || from < 0) throw problem("invalid_request", "This is not a cursor of this list.");
  const words = (query.search ?? "").split(/\s+/).filter(Boolean);
  const { repository, environment } = query;
  const all = await readStandings(context, actor, { repository, environment, words });
  const found = all.filter(({ state }) => query.state === undefined || state === query.state);
  const until = from + query.limit;
  return {
    items: await summariesOf(
      context,
      actor,
      found.slice(from, until).map(({ id }) => id),
    ),
    cursor: found.length > until ? String(until) : null,
    total: found.length,
    inSync: found.filter(({ state }) => state === "in_sync").length,
  };
}

/** Summaries of workspaces by id, in this order. Who calls has authorized reading them. */
export async function summariesOf(
  context: WorkspacesContext,
  actor: Actor,
  ids: readonly string[],
): Promise<WorkspaceSummary[]> {
  if (ids.length === 0) return [];
  const { organizationId } = actor;
  const rows = await context.db.transaction(organizationId, (tx) => selectWorkspaces(tx, { ids }));
  const configurations = await mainConfigurations(context, rows);
  const found = await context.db.transaction(organizationId, (tx) => summaries(tx, context, rows, configurations));
  const place = new Map(ids.map((id, index) => [id, index]));
  const order = new Map(rows.map(({ id, repository, name }) => [`${repository} ${name}`, place.get(id) ?? 0]));
  const placeOf = ({ repository, name }: WorkspaceSummary): number => order.get(`${repository} ${name}`) ?? 0;
  return found.toSorted((one, other) => placeOf(one) - placeOf(other));
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
    status: unappliedStates,
    workspaceIds: workspaces.map(({ id }) => id),
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
  const configured = new Map([...configurations].map(([id, configuration]) => [id, placesIn(context, configuration)]));
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
