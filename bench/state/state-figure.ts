import { listStateVersions } from "@plumbline/contract";
import { approve, merge } from "../../e2e/src/world/acts.ts";
import { quantile } from "../figure.ts";
import type { Figure, Measured } from "../figure.ts";
import { pushChange, reached } from "../tiny/full-run.ts";
import { startTinyWorld } from "../tiny/tiny-world.ts";
import type { TinyWorld } from "../tiny/tiny-world.ts";
import { largeState } from "./large-state.ts";
import { holdLease } from "./lease-holder.ts";

const rounds = 40;
const bytes = 7_700_000;

/** How long an engine waits until its state is sealed, versioned, audited and durable. */
export const stateFigure: Figure = {
  id: "state-post",
  title: "state POST of 7.7 MB, sealed, versioned, audited, p95",
  unit: "ms",
  target: 150,
  better: "lower",
  async measure(say) {
    const tiny = await startTinyWorld(1, say);
    try {
      return await measurePosts(tiny, say);
    } finally {
      await tiny.stop();
    }
  },
};

async function measurePosts(tiny: TinyWorld, say: (text: string) => void): Promise<Measured> {
  const [component = ""] = tiny.components;
  const owner = tiny.lab.as("owner");
  const number = await pushChange(await tiny.clone(), component, "state");
  await reached(tiny, number, "waits");
  await approve(owner, number);
  await tiny.lab.runner.stop();
  await merge(owner, number);
  const holder = await holdLease(tiny);
  const { serial, lineage } = await holder.state();
  say(`posting ${rounds} states`);
  const times: number[] = [];
  for (let round = -3; round < rounds; round++) {
    const state = largeState({ lineage, serial: serial + round + 4, bytes });
    const started = performance.now();
    await holder.post(state);
    // The first ones warm the code.
    if (round >= 0) times.push(performance.now() - started);
  }
  const workspace = `${component}/dev`;
  const { items } = await owner.call(listStateVersions, { params: { workspace }, query: { limit: 100 } });
  const stored = items.filter(({ size }) => size === bytes).length;
  return {
    value: quantile(times, 0.95),
    demands: [{ says: `every one is a version: ${stored} of ${rounds + 3}`, holds: stored === rounds + 3 }],
    notes: [
      `${rounds} posts; median ${quantile(times, 0.5).toFixed(0)} ms, largest ${quantile(times, 1).toFixed(0)} ms`,
    ],
  };
}
