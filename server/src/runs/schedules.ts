import { expireHeldRuns, expireLeases } from "./leases/expire.ts";
import { extendLeases } from "./leases/expiry-store.ts";
import { pruneRuns } from "./retention/prune-runs.ts";
import type { RunsContext } from "./runs-context.ts";

/** Background work that was started. */
export interface Schedule {
  /** Waits for what is under way. */
  stop(): Promise<void>;
}

/**
 * Repeats work with a pause between the end of one time and the beginning of the next. Failures are logged and told
 * to `failed`; the work goes on.
 */
export function repeat(
  work: () => Promise<unknown>,
  options: { seconds: number; name: string; log: RunsContext["log"]; failed?: () => void },
): Schedule {
  const stopping = new AbortController();
  let wake: (() => void) | undefined;
  stopping.signal.addEventListener("abort", () => wake?.());
  const running = (async () => {
    while (!stopping.signal.aborted) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, options.seconds * 1_000).unref();
      });
      if (stopping.signal.aborted) return;
      try {
        await work();
      } catch (error) {
        options.log.error("background work failed and is tried again", { task: options.name, error });
        options.failed?.();
      }
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/**
 * Watches leases and held runs, and prunes what is kept no longer. A server that was away (stopped, or without its database) heard of no runner
 * meanwhile: it first gives every run the full time of a lease again.
 */
export function watchRuns(context: RunsContext): Schedule {
  const { leaseSeconds } = context.settings;
  let away = true;
  const leases = repeat(
    async () => {
      if (away) {
        const until = new Date(context.clock.now().getTime() + leaseSeconds * 1_000);
        await context.db.systemTransaction((tx) => extendLeases(tx, until));
        away = false;
      }
      await expireLeases(context);
    },
    { seconds: Math.min(5, leaseSeconds / 4), name: "leases", log: context.log, failed: () => (away = true) },
  );
  const holds = repeat(() => expireHeldRuns(context), { seconds: 60, name: "held runs", log: context.log });
  let sweptOn = "";
  const pruning = repeat(
    async () => {
      // What is old changes with the day; looking through all runs again before that would find nothing.
      const today = context.clock.now().toISOString().slice(0, 10);
      if (today === sweptOn) return;
      await pruneRuns(context);
      sweptOn = today;
    },
    { seconds: 3_600, name: "retention", log: context.log },
  );
  return {
    async stop() {
      await Promise.all([leases.stop(), holds.stop(), pruning.stop()]);
    },
  };
}
