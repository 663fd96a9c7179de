import type { Runner } from "@plumbline/contract";
import { isOnline } from "./runner.ts";
import type { RunnerRecord } from "./runner.ts";

/** A runner for the API. `busy`: how many runs it holds; `accepted`: hashes of the binaries that may be used. */
export function presentRunner(
  runner: RunnerRecord,
  { busy, accepted, now }: { busy: number; accepted: ReadonlySet<string>; now: Date },
): Runner {
  return {
    name: runner.name,
    environments: runner.environments,
    version: runner.version,
    capacity: runner.capacity,
    busy,
    engines: runner.engines.map((engine) => ({ ...engine, accepted: accepted.has(engine.sha256) })),
    lastSeenAt: runner.lastSeenAt?.toISOString() ?? null,
    online: isOnline(runner, now),
    createdAt: runner.createdAt.toISOString(),
    revokedAt: runner.revokedAt?.toISOString() ?? null,
  };
}
