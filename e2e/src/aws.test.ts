import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, test } from "vitest";
import { awsStory } from "./aws/aws-story.ts";
import { startAwsWorld } from "./aws/aws-world.ts";
import type { AwsWorld } from "./aws/aws-world.ts";
import { describeLane } from "./world/lane.ts";
import { findAwsTools } from "./aws/tools.ts";

describeLane(
  "A real cloud provider: hashicorp/aws against moto",
  await findAwsTools(),
  { demanded: process.env["CI"] === "true" },
  (tools) => {
    const folder = mkdtempSync(join(tmpdir(), "plumb-"));
    let aws: AwsWorld | undefined;
    beforeAll(async () => {
      aws = await startAwsWorld(folder, tools);
    });
    afterAll(async () => {
      await aws?.stop();
      rmSync(folder, { recursive: true, force: true });
    });
    for (const step of awsStory())
      test(step.title, async () => {
        if (aws === undefined) throw new Error("the world did not start");
        await step.run(aws);
      });
  },
);
