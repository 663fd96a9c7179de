import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Log } from "../log.ts";

/** Hears what transactions say with `notify`. */
export interface Listener {
  /**
   * Calls `heard` with the payload of each notification on the channel. Notifications may be missed while the
   * connection is lost: after every (re)connection `heard` is called once with an empty payload, which means "look
   * yourself". Answers a function that ends it.
   */
  on(channel: string, heard: (payload: string) => void): () => void;
  close(): Promise<void>;
}

/** Opens one connection for all channels; it comes back by itself, waiting up to 5 s between attempts. */
export function openListener(config: pg.ClientConfig, log: Log): Listener {
  const channels = new Map<string, Set<(payload: string) => void>>();
  const closing = new AbortController();
  let current: pg.Client | undefined;

  const tell = (channel: string, payload: string) => {
    for (const heard of channels.get(channel) ?? []) {
      try {
        heard(payload);
      } catch (error) {
        log.error("a listener failed", { error, reason: channel });
      }
    }
  };
  const subscribe = async (client: pg.Client, channel: string) => {
    await client.query(`listen ${client.escapeIdentifier(channel)}`);
    tell(channel, "");
  };
  const connectOnce = async () => {
    const client = new pg.Client({ ...config, keepAlive: true });
    const lost = new Promise<void>((resolve) => {
      client.on("error", () => resolve());
      client.on("end", () => resolve());
      closing.signal.addEventListener("abort", () => resolve(), { once: true });
    });
    client.on("notification", ({ channel, payload }) => tell(channel, payload ?? ""));
    try {
      await client.connect();
      current = client;
      for (const channel of channels.keys()) await subscribe(client, channel);
      await lost;
    } finally {
      current = undefined;
      await client.end().catch(() => undefined);
    }
  };
  const running = (async () => {
    for (let wait = 100; !closing.signal.aborted; wait = Math.min(wait * 2, 5_000)) {
      const started = Date.now();
      await connectOnce().catch((error: unknown) => log.warn("the notification connection was lost", { error }));
      if (Date.now() - started > 5_000) wait = 100;
      if (!closing.signal.aborted) await sleep(wait, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  })();

  return {
    on(channel, heard) {
      const known = channels.get(channel);
      const all = known ?? new Set();
      channels.set(channel, all.add(heard));
      if (!known && current)
        subscribe(current, channel).catch((error: unknown) => log.warn("listen failed", { error, reason: channel }));
      return () => void all.delete(heard);
    },
    async close() {
      closing.abort();
      await running;
    },
  };
}
