import type { Listener, Tx } from "../platform/database/index.ts";
import { notify } from "../platform/database/index.ts";

const channel = "plumbline_runs_queued";

/** Wakes those who wait for work, however many, over the server's one listening connection. */
export interface Bell {
  /** Call it before looking for work; `wait` then ends for everything that was queued since. `end` it at last. */
  expect(organizationId: string): { wait(milliseconds: number, signal: AbortSignal): Promise<void>; end(): void };
  /** Aborted once the server stops: nobody waits any more. */
  readonly closing: AbortSignal;
  /** Ends all waiting. Again does nothing. */
  close(): void;
}

/** Opens the bell. */
export function openBell(listener: Listener): Bell {
  const waiting = new Map<string, Set<() => void>>();
  const closing = new AbortController();
  const stop = listener.on(channel, (organizationId) => {
    // An empty payload: notifications may have been missed, so everybody looks.
    for (const [key, rings] of waiting)
      if (organizationId === "" || key === organizationId) for (const ring of rings) ring();
  });
  return {
    closing: closing.signal,
    expect(organizationId) {
      const rung = Promise.withResolvers<void>();
      const rings = waiting.get(organizationId) ?? new Set();
      waiting.set(organizationId, rings.add(rung.resolve));
      return {
        async wait(milliseconds, signal) {
          const timer = setTimeout(rung.resolve, milliseconds);
          signal.addEventListener("abort", () => rung.resolve(), { once: true });
          if (signal.aborted || closing.signal.aborted) rung.resolve();
          await rung.promise;
          clearTimeout(timer);
        },
        end() {
          rings.delete(rung.resolve);
          if (rings.size === 0 && waiting.get(organizationId) === rings) waiting.delete(organizationId);
        },
      };
    },
    close() {
      stop();
      closing.abort();
      for (const rings of waiting.values()) for (const ring of rings) ring();
    },
  };
}

/** Rings once the transaction has committed: a run of this organization may be claimed. */
export async function ring(tx: Tx, organizationId: string): Promise<void> {
  await notify(tx, channel, organizationId);
}
