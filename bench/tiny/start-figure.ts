import { setTimeout as sleep } from "node:timers/promises";
import { getRun, listRuns } from "@plumbline/contract";
import type { Run } from "@plumbline/contract";
import { cpuMeter } from "../cpu/world-cpu.ts";
import type { CpuMeter } from "../cpu/world-cpu.ts";
import { quantile } from "../figure.ts";
import type { Figure, Measured } from "../figure.ts";
import { pushChange, reached } from "./full-run.ts";
import { startTinyWorld } from "./tiny-world.ts";
import type { TinyWorld } from "./tiny-world.ts";

const rounds = 30;

/** How soon after a push an engine works on it. */
export const startFigure: Figure = {
  id: "push-to-engine",
  title: "push accepted to the run's first engine process, idle machine, p95",
  unit: "ms",
  target: 250,
  better: "lower",
  async measure(say) {
    const tiny = await startTinyWorld(1, say);
    const meter = cpuMeter([tiny.lab.world.server.pid, tiny.lab.runner.pid]);
    try {
      return await measurePushes(tiny, meter, say);
    } finally {
      meter.close();
      await tiny.stop();
    }
  },
};

async function measurePushes(tiny: TinyWorld, meter: CpuMeter, say: (text: string) => void): Promise<Measured> {
  const seen: number[] = [];
  meter.onSeen((part, at) => part === "engine" && seen.push(at));
  const [component = ""] = tiny.components;
  const clone = await tiny.clone();
  say(`pushing ${rounds} changes, one after the other`);
  const samples: { engine: number; claimed: number; fetch: number; init: number; asked: number }[] = [];
  for (let round = -2; round < rounds; round++) {
    seen.length = 0;
    const started = Date.now();
    const number = await pushChange(clone, component, `push-${round + 2}`);
    await reached(tiny, number, "waits");
    const run = await planOf(tiny, number);
    const [engine] = seen;
    const accepted = Date.parse(run.createdAt);
    if (engine === undefined) throw new Error("the engine's process was not seen: control groups cannot be used here");
    const phase = (name: string) =>
      Date.parse(run.phases.find((one) => one.phase === name)?.startedAt ?? "") - accepted;
    // The first two warm caches that stay warm afterwards.
    if (round >= 0)
      samples.push({
        engine: engine - accepted,
        claimed: Date.parse(run.startedAt ?? "") - accepted,
        fetch: phase("fetch"),
        init: phase("init"),
        asked: engine - started,
      });
    await sleep(300);
  }
  const median = (pick: (sample: (typeof samples)[number]) => number) => quantile(samples.map(pick), 0.5).toFixed(0);
  const engines = samples.map(({ engine }) => engine);
  return {
    value: quantile(engines, 0.95),
    notes: [
      `${rounds} pushes; median ${median(({ engine }) => engine)} ms, largest ${quantile(engines, 1).toFixed(0)} ms`,
      `medians after acceptance: claimed ${median(({ claimed }) => claimed)} ms, fetch begins ${median(({ fetch }) => fetch)} ms, init begins ${median(({ init }) => init)} ms`,
      `from the start of git push on the client to the engine: median ${median(({ asked }) => asked)} ms`,
    ],
  };
}

async function planOf(tiny: TinyWorld, pullRequest: number): Promise<Run> {
  const owner = tiny.lab.as("owner");
  const { items } = await owner.call(listRuns, { query: { pullRequest, kind: "plan", limit: 1 } });
  return owner.call(getRun, { params: { number: items[0]?.number ?? 0 } });
}
