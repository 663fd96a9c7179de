import type { KnownFinding } from "@plumbline/contract";
import { problem } from "@plumbline/contract";
import { parseWorkspaceName, workspaceName } from "@plumbline/contract/configuration/workspaces";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import type { FindingsContext } from "./findings-context.ts";
import { openKnownFindings } from "./known-finding-store.ts";
import { readableEnvironments } from "./readable-environments.ts";

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
  const workspace = query.workspace === undefined ? undefined : parseWorkspaceName(query.workspace);
  if (query.workspace !== undefined && workspace === undefined) return { items: [], cursor: null };
  const rows = await context.db.transaction(actor.organizationId, async (tx) =>
    openKnownFindings(tx, {
      repository: query.repository,
      environments: await readableEnvironments(tx, actor),
      workspace,
      offset: from,
      limit: query.limit + 1,
    }),
  );
  const now = context.clock.now();
  return {
    items: rows.slice(0, query.limit).map(({ firstSeenAt, dueAt, component, ...row }) => ({
      ...row,
      workspace: workspaceName(component, row.environment),
      firstSeenAt: firstSeenAt.toISOString(),
      dueAt: dueAt?.toISOString() ?? null,
      overdue: dueAt !== null && dueAt <= now,
    })),
    cursor: rows.length > query.limit ? String(from + query.limit) : null,
  };
}
