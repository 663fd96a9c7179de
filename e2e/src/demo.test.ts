import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, test } from "vitest";
import { startHeardDemo } from "./demo/check.ts";
import { allStories } from "./stories/all.ts";

const folder = mkdtempSync(join(tmpdir(), "plumb-"));
const { demo, sinks, stop } = await startHeardDemo({ folder, say: () => undefined });
afterAll(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

for (const story of allStories(sinks))
  describe(story.title, () => {
    for (const step of story.steps) test(step.title, () => step.run(demo));
  });
