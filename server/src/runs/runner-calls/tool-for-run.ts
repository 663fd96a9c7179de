import type { OfferedTool, Problem } from "@plumbline/contract";
import { problem } from "@plumbline/contract";
import { isNewerSeries } from "@plumbline/engine/terraform/version-constraint";
import type { Tx } from "../../platform/database/pools.ts";
import { acceptedHashes, engineResolver } from "../../runners/tool-queries.ts";
import type { EngineResolver } from "../../runners/tool-queries.ts";
import { writerOfState } from "../../states/state-writer.ts";
import type { QueuedEngine } from "../queue/queue-store.ts";
import type { RunRecord } from "../run.ts";
import type { RunWorkspaceInput } from "../runs-context.ts";

/** What a runner may use of what it has. */
export interface UsableTools {
  resolve: EngineResolver;
  /** The accepted binaries that it has, by hash. */
  brought: ReadonlyMap<string, OfferedTool>;
}

/** Holds what a runner has against the tool lock. */
export async function usableTools(tx: Tx, offered: readonly OfferedTool[]): Promise<UsableTools> {
  const accepted = await acceptedHashes(tx);
  return {
    resolve: await engineResolver(tx),
    brought: new Map(offered.filter(({ sha256 }) => accepted.has(sha256)).map((tool) => [tool.sha256, tool])),
  };
}

/**
 * Those of the queued engines with which this runner can do something: it has the binary, or nobody may have it any
 * more, so that the run has to end and say so.
 */
export function engineIsFor(
  { resolve, brought }: UsableTools,
  { name, constraint, environment }: QueuedEngine,
): boolean {
  const resolved = resolve({ name, constraint, environment });
  return resolved.version === null || [...resolved.sha256s].some((sha256) => brought.has(sha256));
}

/**
 * The binary that a run is given: the one it was planned with, where that is to be applied, else the one that its
 * constraint resolves to. Null where this runner has not got it, but another may. A problem where nobody may have it, and where a newer engine has
 * written the state.
 */
export async function toolForRun(
  tx: Tx,
  tools: UsableTools,
  run: RunRecord,
  engine: RunWorkspaceInput["engine"],
): Promise<OfferedTool | Problem | null> {
  const resolved = tools.resolve({ ...engine, environment: run.workspace.environment });
  if (resolved.version === null)
    return problem("tool_not_accepted", `${run.workspace.name} cannot run: ${resolved.reason}.`, {
      next: resolved.next,
    });
  const [sha256] = [...resolved.sha256s].filter((one) => tools.brought.has(one));
  const tool = sha256 === undefined ? undefined : tools.brought.get(sha256);
  if (tool === undefined) return null;
  const writer = await writerOfState(tx, run.workspace);
  if (writer === undefined || (writer.name !== null && writer.name !== tool.name)) return tool;
  if (!isNewerSeries(writer.version, tool.version)) return tool;
  return problem(
    "engine_too_old",
    `${tool.name} ${writer.version} has written the state of ${run.workspace.name}; "${engine.constraint}" in plumbline.yaml gives ${tool.version}, which may not be able to read it.`,
  );
}
