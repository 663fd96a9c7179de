import { availableParallelism } from "node:os";
import type { Figure, Measured } from "../figure.ts";
import { bareWorkspace } from "./bare-run.ts";
import { fullRun } from "./full-run.ts";
import { startTinyWorld } from "./tiny-world.ts";
import type { TinyWorld } from "./tiny-world.ts";

const inFlight = 8;
const rounds = 5;

/** How many full runs a machine does, beside how many the bare CLI does on it. */
export const throughputFigure: Figure = {
  id: "full-runs-per-hour",
  title: "full tiny runs per hour against the bare CLI at the same parallelism",
  unit: "%",
  target: 50,
  better: "higher",
  async measure(say) {
    const tiny = await startTinyWorld(inFlight, say);
    try {
      return await compare(tiny, say);
    } finally {
      await tiny.stop();
    }
  },
};

async function compare(tiny: TinyWorld, say: (text: string) => void): Promise<Measured> {
  const slots = availableParallelism();
  const bare = await Promise.all(
    Array.from({ length: slots }, (_, slot) => bareWorkspace(tiny, `slot-${slot}`, undefined)),
  );
  const people = await Promise.all(
    tiny.components.map(async (component) => ({ component, clone: await tiny.clone() })),
  );
  for (const { component, clone } of people.slice(0, 2)) await fullRun(tiny, clone, component, "warm");
  const perSlot = Math.ceil((inFlight * rounds) / slots);
  say(`${perSlot * slots} runs of the bare CLI, ${slots} at a time`);
  const bareRate = await perHour(
    perSlot * slots,
    bare.map((workspace) => async () => {
      for (let round = 0; round < perSlot; round++) await workspace.fullRun(`round-${round}`);
    }),
  );
  say(`${inFlight * rounds} full runs: ${inFlight} pull requests open at a time, ${slots} runs at a time`);
  const rate = await perHour(
    inFlight * rounds,
    people.map(({ component, clone }) => async () => {
      for (let round = 0; round < rounds; round++) await fullRun(tiny, clone, component, `round-${round}`);
    }),
  );
  return {
    value: (100 * rate) / bareRate,
    notes: [
      `${rate.toFixed(0)} full runs per hour, each with push, plan, checks, approval, merge and apply; the bare CLI ${bareRate.toFixed(0)}; ${slots} at a time on ${slots} cores`,
    ],
  };
}

async function perHour(count: number, workers: (() => Promise<void>)[]): Promise<number> {
  const started = performance.now();
  await Promise.all(workers.map((work) => work()));
  return (count * 3_600_000) / (performance.now() - started);
}
