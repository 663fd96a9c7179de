import type { FoundTool, Tool } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { keptToClients } from "../access/kept-to-clients.ts";
import type { RunnerRecord } from "./runner.ts";
import { selectRunners } from "./runner-store.ts";
import type { RunnersContext } from "./runners-context.ts";
import type { ToolRecord } from "./tool.ts";
import { selectTools } from "./tool-store.ts";

/** The tool lock, and what runners have that is not on it; to who is kept to clients neither. */
export async function listTools(context: RunnersContext, actor: Actor): Promise<{ items: Tool[]; found: FoundTool[] }> {
  authorize(actor, "organization.read");
  if (keptToClients(actor)) return { items: [], found: [] };
  return context.db.transaction(actor.organizationId, async (tx) => {
    const runners = (await selectRunners(tx)).filter(({ revokedAt }) => revokedAt === null);
    const lock = await selectTools(tx);
    return { items: lock.map((tool) => presentTool(tool, runners)), found: notAccepted(lock, runners) };
  });
}

/** A line of the lock for the API. */
export function presentTool(tool: ToolRecord, runners: readonly RunnerRecord[]): Tool {
  return {
    ...tool,
    acceptedAt: tool.acceptedAt.toISOString(),
    withdrawnAt: tool.withdrawnAt?.toISOString() ?? null,
    runners: runners
      .filter(({ engines }) => engines.some(({ sha256 }) => sha256 === tool.sha256))
      .map(({ name }) => name),
  };
}

function notAccepted(lock: readonly ToolRecord[], runners: readonly RunnerRecord[]): FoundTool[] {
  const accepted = new Set(lock.filter(({ withdrawnAt }) => withdrawnAt === null).map(({ sha256 }) => sha256));
  const found = new Map<string, FoundTool>();
  for (const { name: runner, engines } of runners)
    for (const engine of engines) {
      if (accepted.has(engine.sha256)) continue;
      const known = found.get(engine.sha256);
      if (known === undefined) found.set(engine.sha256, { ...engine, runners: [runner] });
      else if (!known.runners.includes(runner)) known.runners.push(runner);
    }
  return [...found.values()];
}
