import type { EngineConstraint } from "@plumbline/contract/configuration/configuration";
import type { Tx } from "../../platform/database/pools.ts";
import { engineResolver } from "../../runners/tool-queries.ts";
import type { EngineResolver } from "../../runners/tool-queries.ts";
import { engineOf } from "../engine-of-run.ts";
import type { RunRecord } from "../run.ts";
import type { CommonChanges } from "../run-store.ts";
import type { RunsContext } from "../runs-context.ts";
import type { Release } from "./release.ts";

/** Whether a run that could go has an engine: what is noted with it when it is queued, or what it waits for. */
export type EngineGate = (run: RunRecord) => Promise<{ changes: CommonChanges } | Extract<Release, { to: "waits" }>>;

/** Asks the tool lock, which is read when the first run needs it. */
export function engineGate(tx: Tx, context: Pick<RunsContext, "repositories">): EngineGate {
  let resolver: Promise<EngineResolver> | undefined;
  return async (run) => {
    const engine = await engineOf(context, run);
    // What cannot be read is told when it is given out, with file and line.
    if (engine === undefined) return { changes: {} };
    resolver ??= engineResolver(tx);
    const { name, version: constraint } = engine;
    const resolved = (await resolver)({ name, constraint, environment: run.workspace.environment });
    if (resolved.version === null) return { to: "waits", waitsFor: "engine", reason: resolved.reason };
    return { changes: engineChanges(engine) };
  };
}

/** The columns that say which engine a run needs; claims go by them. */
export function engineChanges(
  engine: EngineConstraint | undefined,
): Pick<CommonChanges, "engine_name" | "engine_constraint"> {
  return engine === undefined ? {} : { engine_name: engine.name, engine_constraint: engine.version };
}
