import { confirmStopped, getWorkspace, retryRun } from "@plumbline/contract";
import { setTimeout as sleep } from "node:timers/promises";
import { approve, describe } from "../world/acts.ts";
import { until } from "../world/wait.ts";
import type { KillStep } from "./kill-step.ts";
import type { KillWorld, Victim } from "./kill-world.ts";
import { applyRun, change, cloudHas, components, slow } from "./records.ts";
import type { Component } from "./records.ts";

const victims: readonly Victim[] = ["server", "runner", "supervisor", "postmaster", "backends"];

/** Kills something at some moment while two workspaces are applied, and brings everything to its end. */
export function randomKills(rounds: number): KillStep[] {
  // said in the title, so that a failure can be repeated
  // The same moments at each run, so that a failure can be repeated; other ones by the environment.
  const seed = Number(process.env["PLUMBLINE_KILL_SEED"] ?? 83_229);
  const random = randomNumbers(seed);
  return Array.from({ length: rounds }, (_, round) => {
    const victim = victims[Math.floor(random() * victims.length)] ?? "server";
    const after = Math.floor(random() * 3_500);
    const value = `round-${round}`;
    return {
      title: `round ${round + 1} of seed ${seed}: ${victim} is killed ${after} ms after the merge`,
      async run(world) {
        await slow(world, "PATCH", 6, 400);
        const wanted = { one: { count: 8, value }, two: { count: 4, value } };
        const number = await change(world, wanted);
        await sleep(after);
        await world.kill(victim);
        await world.restore();
        for (const component of components) await bringToItsEnd(world, number, component);
        for (const component of components) await cloudHas(world, component, wanted[component]);
      },
    };
  });
}

/** Does what people would do: confirms, approves, retries, until it is applied. */
async function bringToItsEnd(world: KillWorld, number: number, component: Component): Promise<void> {
  const workspace = { workspace: `${component}/dev` };
  await until(
    `#${number} is applied in ${component}/dev`,
    async () => {
      const run = await applyRun(world, number, component);
      const { can } = await world.as("platform").call(getWorkspace, { params: workspace });
      if (run.status === "unknown" && can.confirmStopped.allowed)
        await world.as("platform").call(confirmStopped, {
          params: workspace,
          body: { statement: "The process list shows that nothing runs." },
        });
      if (run.status === "held") await approve(world.as("owner"), number);
      if (run.status === "failed" || run.status === "canceled")
        await world.as("dev").call(retryRun, { params: { number: run.number } });
      return run.status === "finished" ? true : undefined;
    },
    { seconds: 60, state: () => describe(world.as("owner"), number) },
  );
}

/** Numbers from 0 to 1 that only the seed decides (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
