import { describe, test } from "vitest";
import type { TestContext } from "vitest";

/** A lane's tools, or why it cannot run here. */
export type Lane<Tools> = { tools: Tools } | { missing: string };

/**
 * Declares the tests of a lane that needs tools which not every machine has. Where they are missing it says so loudly:
 * as a failed test where `demanded`, else by a banner and a skipped test with the reason.
 */
export function describeLane<Tools>(
  title: string,
  lane: Lane<Tools>,
  options: { demanded: boolean },
  body: (tools: Tools) => void,
): void {
  describe(title, () =>
    "tools" in lane
      ? body(lane.tools)
      : test("its tools are there", (context) => reportMissing(context, title, lane.missing, options.demanded)),
  );
}

function reportMissing(context: TestContext, title: string, why: string, demanded: boolean): void {
  if (demanded) throw new Error(`${why} This run demands the lane “${title}”.`);
  const banner = "!".repeat(100);
  console.warn(`\n${banner}\nSKIPPED: ${title}\n${why}\n${banner}\n`);
  context.skip(why);
}
