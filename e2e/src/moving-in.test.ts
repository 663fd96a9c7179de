import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, test } from "vitest";
import { findAwsTools } from "./aws/tools.ts";
import { moveInStory } from "./moving-in/move-in-story.ts";
import { startMoveInWorld } from "./moving-in/move-in-world.ts";
import type { MoveInWorld } from "./moving-in/move-in-world.ts";
import { shapes } from "./moving-in/shapes.ts";
import { describeLane } from "./world/lane.ts";

// All of them take minutes: PLUMBLINE_SHAPES=live,values,single.
const wanted = (process.env["PLUMBLINE_SHAPES"] ?? "live").split(",");

describeLane(
  "A team moves in with its own code and states: hashicorp/aws against moto",
  await findAwsTools(),
  { demanded: process.env["CI"] === "true" },
  (tools) => {
    for (const [key, shape] of Object.entries(shapes).filter(([name]) => wanted.includes(name)))
      describe(shape.name, () => {
        const folder = mkdtempSync(join(tmpdir(), "plumb-"));
        let at: MoveInWorld | undefined;
        beforeAll(async () => {
          at = await startMoveInWorld(folder, tools);
        });
        afterAll(async () => {
          await at?.stop();
          rmSync(folder, { recursive: true, force: true });
        });
        for (const step of moveInStory(key, shape))
          test(step.title, async () => {
            if (at === undefined) throw new Error("the world did not start");
            await step.run(at);
          });
      });
  },
);
