import { thisPlatform } from "@plumbline/engine/tools/release";
import type { toolFetcher } from "./fetch-tools.ts";
import type { ServerClient } from "./jobs/server-client.ts";
import { log } from "./log.ts";
import { once } from "./once.ts";
import type { RunSession } from "./runs/run-session.ts";
import type { Toolbox } from "./toolbox.ts";

/** What the heartbeat needs of a runner. */
interface BeatingParts {
  server: Pick<ServerClient, "heartbeat">;
  tools: Pick<Toolbox, "offered">;
  fetchTools: ReturnType<typeof toolFetcher> | undefined;
  capacity: number;
}

type BeatingSession = Pick<RunSession, "key" | "leaseSeconds" | "isHeld" | "leaseLost" | "cancel">;

const longestSeconds = 30;

/**
 * Renews the leases until `stop`, several times within the shortest of them, and passes on which runs are to stop.
 * `changed` tells by `began` that a run has come to the sessions.
 */
export async function beat(
  parts: BeatingParts,
  sessions: ReadonlyMap<string, BeatingSession>,
  changed: EventTarget,
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    const held = heldSessions(sessions);
    try {
      const runs = held.map(({ key }) => key);
      const { fetchTools } = parts;
      const fetches = fetchTools && thisPlatform();
      const answer = await parts.server.heartbeat({ capacity: parts.capacity, runs, ...(fetches && { fetches }) });
      if (fetchTools && answer.tools) void parts.tools.offered().then((has) => fetchTools(answer.tools ?? [], has));
      for (const { runId, lease, cancel } of answer.runs) {
        const session = held.find(({ key }) => key.runId === runId);
        if (lease === "lost") session?.leaseLost();
        else if (cancel) session?.cancel();
      }
    } catch (error) {
      log("warn", "the leases could not be renewed", { error: error instanceof Error ? error.message : String(error) });
    }
    await nextBeat(sessions, changed, stop);
  }
}

function heldSessions(sessions: ReadonlyMap<string, BeatingSession>): BeatingSession[] {
  return [...sessions.values()].filter((session) => session.isHeld());
}

/** Waits for a quarter of the shortest lease. A run that begins meanwhile may bring a shorter one. */
async function nextBeat(
  sessions: ReadonlyMap<string, BeatingSession>,
  changed: EventTarget,
  stop: AbortSignal,
): Promise<void> {
  const beaten = performance.now();
  while (!stop.aborted) {
    const shortest = Math.min(longestSeconds, ...heldSessions(sessions).map(({ leaseSeconds }) => leaseSeconds));
    const left = (shortest * 1000) / 4 - (performance.now() - beaten);
    if (left <= 0) return;
    await once(changed, "began", AbortSignal.any([stop, AbortSignal.timeout(Math.ceil(left))]));
  }
}
