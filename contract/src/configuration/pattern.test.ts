import { expect, it } from "vitest";
import { unsafePattern } from "./pattern.ts";

it.each(["[A-Z]+-[0-9]+", "(?:OPS|SHOP)-\\d{1,6}", "#?[1-9][0-9]*", "[\\w.]+"])("%s is safe", (pattern) =>
  expect(unsafePattern(pattern)).toBeUndefined(),
);
it.each([
  "(a+)+",
  "(a|a)*",
  "(a?){30}",
  "a?".repeat(30),
  "(a|a)".repeat(30),
  ".*.*.*.*.*x",
  "(x)\\1",
  "(?=a)a",
  "a{1,9999}",
  "[",
  "",
])("%s is refused", (pattern) => expect(unsafePattern(pattern)).toBeTypeOf("string"));
