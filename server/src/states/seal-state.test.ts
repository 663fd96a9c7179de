import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { testSealing } from "../testing/test-sealing.ts";
import { openState, sealState } from "./seal-state.ts";

const kilobyte = 1024;

test.each([
  ["nothing", Buffer.alloc(0)],
  ["a byte", Buffer.from("{")],
  ["what hardly shrinks, and is small", randomBytes(3 * kilobyte)],
  ["what hardly shrinks, and is large", randomBytes(300 * kilobyte)],
  ["what shrinks to next to nothing", Buffer.alloc(5_000 * kilobyte, '{"type":"lab_bucket"},')],
])("a sealed state opens as it was: %s", async (_name, bytes) => {
  const sealing = testSealing();
  const sealed = await sealState(sealing, "organization", "state", bytes);
  expect((await openState(sealing, "organization", "state", sealed)).equals(bytes)).toBe(true);
});

test.each([
  ["small", 100],
  ["large", 100 * kilobyte],
])("a %s state that was changed does not open", async (_name, size) => {
  const sealing = testSealing();
  const sealed = await sealState(sealing, "organization", "state", randomBytes(size));
  sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
  await expect(openState(sealing, "organization", "state", sealed)).rejects.toThrow("was changed");
});
