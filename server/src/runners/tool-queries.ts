import type { LockedTool } from "@plumbline/contract";
import type { Tx } from "../platform/database/pools.ts";
import { selectRunners } from "./runner-store.ts";
import { resolveEngine } from "./tool.ts";
import type { ResolvedEngine, WantedEngine } from "./tool.ts";
import { selectTools } from "./tool-store.ts";

/** Answers which binary an engine resolves to, by one reading of the lock and the runners. */
export type EngineResolver = (wanted: WantedEngine) => ResolvedEngine;

/** Reads the tool lock and what runners have. */
export async function engineResolver(tx: Tx): Promise<EngineResolver> {
  const [lock, runners] = [await selectTools(tx), await selectRunners(tx)];
  const known = new Map<string, ResolvedEngine>();
  return (wanted) => {
    const key = JSON.stringify([wanted.name, wanted.constraint, wanted.environment]);
    const resolved = known.get(key) ?? resolveEngine(wanted, lock, runners);
    known.set(key, resolved);
    return resolved;
  };
}

/** The accepted binaries of a platform that can be fetched. */
export async function fetchableTools(tx: Tx, platform: string): Promise<LockedTool[]> {
  return (await selectTools(tx))
    .filter((tool) => tool.platform === platform && tool.archive !== null && tool.withdrawnAt === null)
    .map(({ name, version, sha256, source, archive }) => ({ name, version, platform, sha256, source, archive }));
}

/** Hashes of all binaries that may be used. */
export async function acceptedHashes(tx: Tx): Promise<Set<string>> {
  const lock = await selectTools(tx);
  return new Set(lock.filter(({ withdrawnAt }) => withdrawnAt === null).map(({ sha256 }) => sha256));
}
