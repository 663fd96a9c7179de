import { availableParallelism } from "node:os";
import type { Figure, Measured } from "../figure.ts";
import { bareWorkspace } from "./bare-run.ts";
import { fullRun } from "./full-run.ts";
import { startTinyWorld } from "./tiny-world.ts";
import type { TinyWorld } from "./tiny-world.ts";

const inFlight = 12;
// Enough for each turn that its end, when fewer and fewer are open, counts little.
const rounds = 4;
const turns = 2;

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
  say(
    `${turns} turns: the bare CLI, ${slots} at a time; then ${inFlight} pull requests open at a time, ${slots} runs at a time`,
  );
  const bareTime = { seconds: 0, runs: 0 };
  const ourTime = { seconds: 0, runs: 0 };
  // In turns, so that a machine that is busier for a while is so for both.
  for (let turn = 0; turn < turns; turn++) {
    const note = (round: number) => `turn-${turn}-${round}`;
    await timed(bareTime, inFlight * rounds, bare, (workspace, round) => workspace.fullRun(note(round)));
    await timed(ourTime, inFlight * rounds, people, async ({ component, clone }, round) => {
      await fullRun(tiny, clone, component, note(round));
    });
  }
  const [rate, bareRate] = [ourTime, bareTime].map(({ runs, seconds }) => (runs * 3600) / seconds);
  return {
    value: (100 * (rate ?? 0)) / (bareRate ?? Number.NaN),
    notes: [
      `${rate?.toFixed(0)} full runs per hour, each with push, plan, checks, approval, merge and apply; the bare CLI ${bareRate?.toFixed(0)}; ${slots} at a time on ${slots} cores`,
    ],
  };
}

/** Does that many rounds, each worker one at a time, and adds how long all of them took. */
async function timed<Worker>(
  sum: { seconds: number; runs: number },
  count: number,
  workers: readonly Worker[],
  work: (worker: Worker, round: number) => Promise<void>,
): Promise<void> {
  const started = performance.now();
  let next = 0;
  await Promise.all(
    workers.map(async (worker) => {
      while (next < count) await work(worker, next++);
    }),
  );
  sum.seconds += (performance.now() - started) / 1000;
  sum.runs += count;
}
