import { expect, it } from "vitest";
import { identify, isAlive } from "./process-tree.ts";

it("processes are told apart by their start", () => {
  const self = identify(process.pid);
  expect(self && isAlive(self)).toBe(true);
  expect(self && isAlive({ ...self, startTime: self.startTime - 1 })).toBe(false);
  expect(identify(2 ** 22 + 1)).toBeUndefined();
});
