import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, test } from "vitest";
import { describeLane } from "./world/lane.ts";
import { tofuStory, findTofu } from "./tofu/tofu-story.ts";
import { startLabWorld } from "./world/lab-world.ts";
import type { LabWorld } from "./world/lab-world.ts";

describeLane(
  "OpenTofu as the engine",
  findTofu(),
  { demanded: process.env["PLUMBLINE_REQUIRE_TOFU"] !== undefined },
  (engine) => {
    const folder = mkdtempSync(join(tmpdir(), "plumb-"));
    let lab: LabWorld | undefined;
    beforeAll(async () => {
      lab = await startLabWorld({ folder, engine });
    });
    afterAll(async () => {
      await lab?.stop();
      rmSync(folder, { recursive: true, force: true });
    });
    for (const step of tofuStory())
      test(step.title, async () => {
        if (lab === undefined) throw new Error("the world did not start");
        await step.run(lab);
      });
  },
);
