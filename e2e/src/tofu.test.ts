import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, test } from "vitest";
import { describeLane } from "./world/lane.ts";
import { twoEnginesStory } from "./tofu/two-engines-story.ts";
import { tofuStory, findTofu } from "./tofu/tofu-story.ts";
import { startLabWorld } from "./world/lab-world.ts";
import type { LabWorld } from "./world/lab-world.ts";
import { findOnPath } from "./world/tools.ts";

describeLane(
  "OpenTofu as the engine",
  findTofu(),
  { demanded: process.env["PLUMBLINE_REQUIRE_TOFU"] !== undefined },
  (engine) => {
    const folder = mkdtempSync(join(tmpdir(), "plumb-"));
    const terraform = findOnPath("terraform");
    let lab: LabWorld | undefined;
    beforeAll(async () => {
      const otherEngines = terraform === undefined ? [] : [{ name: "terraform" as const, path: terraform }];
      lab = await startLabWorld({ folder, engine, otherEngines });
    });
    afterAll(async () => {
      await lab?.stop();
      rmSync(folder, { recursive: true, force: true });
    });
    const steps = [...tofuStory(), ...(terraform === undefined ? [] : twoEnginesStory())];
    for (const step of steps)
      test(step.title, async () => {
        if (lab === undefined) throw new Error("the world did not start");
        await step.run(lab);
      });
  },
);
