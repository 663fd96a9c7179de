import { LiveEvent, streamEvents } from "@plumbline/contract";
import type { Client } from "../connection/client.ts";
import { readEvents } from "../connection/event-stream.ts";

/** When to look again. */
export interface WakeUps extends Disposable {
  /** Resolves when something that concerns us changed, and at the latest after `interval` milliseconds. */
  next(): Promise<void>;
}

/** Changes come in bursts: after the first, so many milliseconds are waited for the rest. */
const burst = 150;

/**
 * Listens to the server's live events; where they cannot be had or break off, there is the interval, and the connection
 * is tried again with each.
 */
export function wakeUps(client: Client, concerns: (topic: string) => boolean, interval: number): WakeUps {
  const stop = new AbortController();
  let changed = false;
  let wake: (() => void) | undefined;
  let listening = false;
  const listen = async () => {
    listening = true;
    try {
      for await (const { event, data } of readEvents(await client.open(streamEvents, {}, stop.signal)))
        if (
          event === "changed" &&
          LiveEvent.parse(JSON.parse(data)).topics.some((topic) => topic === "*" || concerns(topic))
        ) {
          changed = true;
          wake?.();
        }
    } catch {
      // The interval goes on.
    } finally {
      listening = false;
    }
  };
  return {
    async next() {
      if (!listening) void listen();
      if (!changed) await new Promise<void>((resolve) => waitFor(resolve, (set) => (wake = set), interval));
      if (changed) await new Promise((resolve) => setTimeout(resolve, burst));
      changed = false;
    },
    [Symbol.dispose]() {
      stop.abort();
    },
  };
}

function waitFor(resolve: () => void, set: (wake: (() => void) | undefined) => void, interval: number): void {
  const timer = setTimeout(end, interval);
  set(end);
  function end(): void {
    clearTimeout(timer);
    set(undefined);
    resolve();
  }
}
