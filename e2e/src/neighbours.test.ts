import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, test } from "vitest";
import { neighboursStory } from "./neighbours/neighbours-story.ts";
import { describeLane } from "./world/lane.ts";
import { startLabWorld } from "./world/lab-world.ts";
import type { LabWorld } from "./world/lab-world.ts";
import { findEngine } from "./world/tools.ts";

const engine = findEngine();

describeLane(
  "Two repositories, one of which takes an output of the other",
  engine === undefined ? { missing: "Neither terraform nor tofu is on PATH." } : { tools: engine },
  { demanded: true },
  (found) => {
    const folder = mkdtempSync(join(tmpdir(), "plumb-"));
    let lab: LabWorld | undefined;
    beforeAll(async () => {
      lab = await startLabWorld({ folder, engine: found });
    });
    afterAll(async () => {
      await lab?.stop();
      rmSync(folder, { recursive: true, force: true });
    });
    for (const step of neighboursStory(found.name))
      test(step.title, async () => {
        if (lab === undefined) throw new Error("the world did not start");
        await step.run(lab);
      });
  },
);
