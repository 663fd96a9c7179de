import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, test } from "vitest";
import { policyStory } from "./policies/policy-story.ts";
import { startPolicyWorld } from "./policies/policy-world.ts";
import type { PolicyWorld } from "./policies/policy-world.ts";
import { describeLane } from "./world/lane.ts";
import { findEngine } from "./world/tools.ts";

const engine = findEngine();

describeLane(
  "Policies from the push to what is applied",
  engine === undefined ? { missing: "Neither terraform nor tofu is on PATH." } : { tools: engine },
  { demanded: true },
  (tools) => {
    const folder = mkdtempSync(join(tmpdir(), "plumb-"));
    let world: PolicyWorld | undefined;
    beforeAll(async () => {
      world = await startPolicyWorld(folder, tools);
    });
    afterAll(async () => {
      await world?.stop();
      rmSync(folder, { recursive: true, force: true });
    });
    for (const step of policyStory())
      test(step.title, async () => {
        if (world === undefined) throw new Error("the world did not start");
        await step.run(world);
      });
  },
);
