import { expect, test } from "vitest";
import { chooseVersions } from "./choose-versions.ts";

const items = [12, 11, 9].map((version) => ({ version }));

test("the newest with the one before it, or the two of the address, the earlier first", () => {
  expect(chooseVersions(items, undefined, undefined)).toEqual({ from: 11, to: 12 });
  expect(chooseVersions(items, undefined, "11")).toEqual({ from: 9, to: 11 });
  expect(chooseVersions(items, "9", "12")).toEqual({ from: 9, to: 12 });
  expect(chooseVersions(items, "12", "9")).toEqual({ from: 9, to: 12 });
});

test("what is not there, or the same twice, falls back; the first is compared with no state", () => {
  expect(chooseVersions(items, "4", "x")).toEqual({ from: 11, to: 12 });
  expect(chooseVersions(items, "11", "11")).toEqual({ from: 9, to: 11 });
  expect(chooseVersions(items, undefined, "9")).toEqual({ from: 0, to: 9 });
  expect(chooseVersions(items, "0", "12")).toEqual({ from: 0, to: 12 });
  expect(chooseVersions([], "1", "2")).toBeUndefined();
});
