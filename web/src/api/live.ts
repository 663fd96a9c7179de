import type { QueryClient } from "@tanstack/react-query";
import { concerns } from "./topics.ts";

/** How the live connection stands. `lost` names since when. */
export type LiveState = { kind: "connecting" } | { kind: "live" } | { kind: "lost"; since: number };

/** A live connection: its state, and a way to end it. */
export interface Live {
  state(): LiveState;
  subscribe(listener: () => void): () => void;
  close(): void;
}

/** Marks every query stale that the event concerns; those on the page load again at once. */
export function applyEvent(client: QueryClient, data: string): void {
  const changed = topicsOf(data);
  void client.invalidateQueries({ predicate: (query) => concerns(query.meta?.topics ?? [], changed) });
}

function topicsOf(data: string): string[] {
  const parsed: unknown = JSON.parse(data);
  if (typeof parsed !== "object" || parsed === null || !("topics" in parsed) || !Array.isArray(parsed.topics))
    return [];
  return parsed.topics.filter((topic): topic is string => typeof topic === "string");
}

const url = "/api/v1/events";
const firstRetry = 300;
const longestRetry = 15_000;

/**
 * Keeps the pages as new as the server. After a connection has ended everything is loaded again, because events in
 * between are not repeated. One that is back at once was not lost: the server ends it when rights change.
 */
export function connectLive(client: QueryClient, open = (address: string) => new EventSource(address)): Live {
  let state: LiveState = { kind: "connecting" };
  let retry = firstRetry;
  let endedAt: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let source: EventSource;
  const listeners = new Set<() => void>();
  const become = (next: LiveState) => {
    state = next;
    for (const listener of listeners) listener();
  };
  const connect = () => {
    source = open(url);
    source.addEventListener("open", () => {
      if (endedAt !== undefined) void client.invalidateQueries();
      endedAt = undefined;
      retry = firstRetry;
      become({ kind: "live" });
    });
    source.addEventListener("changed", (event) => applyEvent(client, String(event.data)));
    source.addEventListener("error", () => {
      // The browser's own retries stop for good after an HTTP error, so the retry is always ours.
      source.close();
      // Whether it is the person who may not read it any more, the next answer tells.
      void client.invalidateQueries({ queryKey: ["me"] });
      if (endedAt === undefined) endedAt = Date.now();
      else if (state.kind !== "lost") become({ kind: "lost", since: endedAt });
      timer = setTimeout(connect, retry);
      retry = Math.min(retry * 2, longestRetry);
    });
  };
  // Browsers open at most six connections to a server: a tab that nobody looks at must not hold one.
  const onVisibility = () => {
    clearTimeout(timer);
    source.close();
    if (document.hidden) return;
    void client.invalidateQueries();
    connect();
  };
  document.addEventListener("visibilitychange", onVisibility);
  connect();
  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      document.removeEventListener("visibilitychange", onVisibility);
      clearTimeout(timer);
      source.close();
    },
  };
}
