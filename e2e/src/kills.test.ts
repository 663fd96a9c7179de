import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { witnessOf } from "./kills/invariants.ts";
import type { Witness } from "./kills/invariants.ts";
import type { KillStep } from "./kills/kill-step.ts";
import { startKillWorld } from "./kills/kill-world.ts";
import type { KillWorld } from "./kills/kill-world.ts";
import { killedPrograms } from "./kills/killed-programs.ts";
import { randomKills } from "./kills/random-kills.ts";
import { stoppedRuns } from "./kills/stopped-runs.ts";
import { describeLane } from "./world/lane.ts";
import { findEngine } from "./world/tools.ts";

const engine = findEngine();

describeLane(
  "Whatever is killed, nothing is lost",
  engine === undefined ? { missing: "Neither terraform nor tofu is on PATH." } : { tools: engine },
  { demanded: process.env["CI"] === "true" },
  (tools) => {
    const folder = mkdtempSync(join(tmpdir(), "plumb-"));
    let started: { world: KillWorld; witness: Witness } | undefined;
    beforeAll(async () => {
      const world = await startKillWorld(folder, tools);
      started = { world, witness: witnessOf(world) };
    });
    afterAll(async () => {
      await started?.world.stop();
      rmSync(folder, { recursive: true, force: true });
    });
    const steps: KillStep[] = [...killedPrograms(), ...stoppedRuns(), ...randomKills(6)];
    for (const step of steps)
      test(step.title, async () => {
        if (started === undefined) throw new Error("the world did not start");
        const { world, witness } = started;
        await world.restore();
        await world.noFaults();
        await step.run(world);
        expect(await witness.violations()).toEqual([]);
        await witness.look();
      });
  },
);
