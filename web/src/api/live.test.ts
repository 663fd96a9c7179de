import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { applyEvent, connectLive } from "./live.ts";
import { concerns } from "./topics.ts";

class FakeSource extends EventTarget {
  closed = false;
  close() {
    this.closed = true;
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function clientWith(...topics: string[]): QueryClient {
  const client = new QueryClient();
  for (const topic of topics) {
    client.getQueryCache().build(client, { queryKey: [topic], meta: { topics: [topic] } });
    client.setQueryData([topic], "old");
  }
  return client;
}

function isStale(client: QueryClient, topic: string): boolean {
  return client.getQueryState([topic])?.isInvalidated ?? false;
}

test("a topic concerns itself and all of its kind, nothing else", () => {
  expect(concerns(["run:12"], ["run:12"])).toBe(true);
  expect(concerns(["run:12"], ["run:123"])).toBe(false);
  expect(concerns(["run:*"], ["run:123"])).toBe(true);
  expect(concerns(["overview"], ["run:123"])).toBe(false);
});

test("a changed event makes exactly the matching queries stale", () => {
  const client = clientWith("run:12", "run:13", "pull-request:*");
  applyEvent(client, JSON.stringify({ topics: ["run:12", "pull-request:4"], at: "2026-11-22T00:00:00Z" }));
  expect([isStale(client, "run:12"), isStale(client, "run:13"), isStale(client, "pull-request:*")]).toEqual([
    true,
    false,
    true,
  ]);
});

test("a lost connection says so, is opened again, and then everything is loaded again", () => {
  const client = clientWith("run:12");
  const sources: FakeSource[] = [];
  const live = connectLive(client, () => {
    const source = new FakeSource();
    sources.push(source);
    // Only what connectLive uses of an EventSource is there.
    return source as unknown as EventSource;
  });
  sources[0]?.dispatchEvent(new Event("open"));
  expect(live.state().kind).toBe("live");
  sources[0]?.dispatchEvent(new Event("error"));
  const endedAt = Date.now();
  expect(live.state().kind).toBe("live"); // it may be back before anybody notices
  expect(sources[0]?.closed).toBe(true);
  vi.advanceTimersByTime(300);
  sources[1]?.dispatchEvent(new Event("error"));
  expect(live.state()).toEqual({ kind: "lost", since: endedAt });
  expect(isStale(client, "run:12")).toBe(false);
  vi.advanceTimersByTime(600);
  expect(sources).toHaveLength(3);
  sources[2]?.dispatchEvent(new Event("open"));
  expect(live.state().kind).toBe("live");
  expect(isStale(client, "run:12")).toBe(true);
  live.close();
});

test("a connection that ended and is back at once was not lost; what may have been missed and who reads are asked anew", () => {
  const client = clientWith("run:12");
  client.setQueryData(["me"], "dev");
  const sources: FakeSource[] = [];
  const live = connectLive(client, () => {
    const source = new FakeSource();
    sources.push(source);
    return source as unknown as EventSource;
  });
  sources[0]?.dispatchEvent(new Event("open"));
  sources[0]?.dispatchEvent(new Event("error"));
  expect(isStale(client, "me")).toBe(true);
  vi.advanceTimersByTime(300);
  sources[1]?.dispatchEvent(new Event("open"));
  expect(live.state().kind).toBe("live");
  expect(isStale(client, "run:12")).toBe(true);
  live.close();
});
