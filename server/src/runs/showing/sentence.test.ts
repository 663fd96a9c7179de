import type { RunStatus } from "@plumbline/contract";
import { runStatuses } from "@plumbline/contract";
import { expect, test } from "vitest";
import { runsFixture } from "../testing/runs-fixture.ts";
import { scenario } from "../testing/scenario.ts";
import { runSentence } from "./sentence.ts";

const fixture = await runsFixture();
const { merge, run } = scenario(fixture);
const applies = await merge(1, [{ name: "network/prod" }]);
const apply = await run(applies.get("network/prod") ?? "");

test("every status is said in one whole sentence, and no placeholder is left in it", () => {
  for (const status of runStatuses) {
    const { reason, next } = runSentence({ ...apply, status, reason: "because of something" });
    for (const text of [reason, next]) {
      expect(text ?? "A.").toMatch(/^[A-Z].*[.!?]$/s);
      expect(text ?? "").not.toMatch(/undefined|null|NaN|\[object/);
    }
  }
});

test("what waits for a person says for whom", () => {
  const next = (status: RunStatus, more: Partial<typeof apply> = {}) => runSentence({ ...apply, status, ...more }).next;
  expect(next("held")).toContain("may approve for prod approve this plan on #1");
  expect(next("held", { blocking: 2 })).toContain("revert #1, or fix forward");
  expect(next("failed")).toContain("retries it, reverts #1, or fixes forward");
  expect(next("unknown")).toContain("Somebody who may operate prod");
  expect(next("expired")).toContain("unapplied");
  expect(next("waits", { waitsFor: "frozen" })).toContain("may operate prod confirms");
  expect(next("waits", { waitsFor: "queue" })).toBe("It goes on by itself.");
  expect(next("finished")).toBeNull();
});

test("an apply under way says how far it is, also with saved bytes", () => {
  const counts = { add: 2, change: 1, replace: 1, destroy: 0, import: 0, move: 0, forget: 0, outside: 0 };
  const running = {
    ...apply,
    status: "running" as const,
    runner: "one",
    applyStartedAt: new Date(),
    counts,
    progressDone: 3,
  };
  expect(runSentence(running).reason).toBe("Applying on one: 3 of 5 resources done.");
  expect(runSentence({ ...running, cancelRequestedAt: new Date(), reason: "Stopped by dev." }).reason).toBe(
    "It is stopping on one: stopped by dev.",
  );
});
