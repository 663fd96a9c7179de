import type { KnownFinding } from "@plumbline/contract";
import { problem } from "@plumbline/contract";
import { workspaceName } from "@plumbline/contract/configuration/workspaces";
import type { Actor } from "../access/actor.ts";
import { authorize, may } from "../access/authorize.ts";
import type { FindingsContext } from "./findings-context.ts";
import { openKnownFindings } from "./known-finding-store.ts";

/** The baseline of the workspaces that the actor may read: what begins to block first, first. */
export async function listKnownFindings(
  context: FindingsContext,
  actor: Actor,
  query: {
    repository?: string | undefined;
    workspace?: string | undefined;
    cursor?: string | undefined;
    limit: number;
  },
): Promise<{ items: KnownFinding[]; cursor: string | null }> {
  authorize(actor, "environment.read");
  const from = Number(query.cursor ?? 0);
  if (!Number.isInteger(from) || from < 0) throw problem("invalid_request", "The cursor is not one of this list.");
  const rows = await context.db.transaction(actor.organizationId, (tx) => openKnownFindings(tx, query.repository));
  const now = context.clock.now();
  const readable = rows
    .map(({ component, ...row }) => ({ ...row, workspace: workspaceName(component, row.environment) }))
    .filter(
      ({ workspace, environment }) =>
        may(actor, "environment.read", environment) && (query.workspace === undefined || query.workspace === workspace),
    );
  const until = from + query.limit;
  return {
    items: readable.slice(from, until).map(({ firstSeenAt, dueAt, ...row }) => ({
      ...row,
      firstSeenAt: firstSeenAt.toISOString(),
      dueAt: dueAt?.toISOString() ?? null,
      overdue: dueAt !== null && dueAt <= now,
    })),
    cursor: readable.length > until ? String(until) : null,
  };
}
