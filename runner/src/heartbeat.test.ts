import { describe, expect, it } from "vitest";
import { beat } from "./heartbeat.ts";
import { once } from "./once.ts";

const tools = { offered: async () => [] };

describe("the heartbeat", () => {
  it("keeps up with a run that begins while an idle runner waits for its next one", async () => {
    const stop = new AbortController();
    const changed = new EventTarget();
    const beats = new EventTarget();
    const stopped: string[] = [];
    const sessions = new Map<string, ReturnType<typeof session>>();
    const server: Parameters<typeof beat>[0]["server"] = {
      heartbeat: async ({ runs }) => {
        setImmediate(() => beats.dispatchEvent(new Event("beat")));
        return { runs: runs.map(({ runId }) => ({ runId, lease: "held", cancel: true })) };
      },
    };
    const beating = beat({ capacity: 1, server, tools, fetchTools: undefined }, sessions, changed, stop.signal);
    await once(beats, "beat", stop.signal);

    sessions.set("one", session("one", 0.4, stopped));
    changed.dispatchEvent(new Event("began"));
    await once(beats, "beat", stop.signal);
    stop.abort();
    await beating;

    expect(stopped).toEqual(["one"]);
  }, 5_000);

  it("does not beat for every run that begins", async () => {
    const stop = new AbortController();
    const changed = new EventTarget();
    let beats = 0;
    const sessions = new Map<string, ReturnType<typeof session>>();
    const server = {
      heartbeat: async () => {
        beats += 1;
        return { runs: [] };
      },
    };
    const beating = beat({ capacity: 9, server, tools, fetchTools: undefined }, sessions, changed, stop.signal);
    for (let number = 0; number < 9; number += 1) {
      sessions.set(`${number}`, session(`${number}`, 3_600, []));
      changed.dispatchEvent(new Event("began"));
      await new Promise(setImmediate);
    }
    stop.abort();
    await beating;

    expect(beats).toBe(1);
  });
});

function session(runId: string, leaseSeconds: number, stopped: string[]) {
  return {
    key: { runId, epoch: 1 },
    leaseSeconds,
    isHeld: () => true,
    leaseLost: () => {},
    cancel: () => void stopped.push(runId),
  };
}
