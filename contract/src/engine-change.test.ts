import { expect, test } from "vitest";
import { engineChangeText } from "./engine-change.ts";

const old = { name: "terraform", constraint: "~> 1.10.0", version: "1.10.5" };

test("another version, another engine, another constraint, and what is not planned yet", () => {
  const text = (to: { name: string; constraint: string; version: string | null }) =>
    engineChangeText({ from: old, to });
  expect(text({ name: "terraform", constraint: "~> 1.11.0", version: "1.11.4" })).toBe(
    "terraform 1.10.5 → 1.11.4, planned with the new one",
  );
  expect(text({ name: "tofu", constraint: ">= 1.10", version: "1.10.3" })).toBe(
    "terraform 1.10.5 → tofu 1.10.3, planned with the new one",
  );
  expect(text({ name: "terraform", constraint: ">= 1.10", version: "1.10.5" })).toBe(
    "terraform 1.10.5 as before, constraint ~> 1.10.0 → >= 1.10",
  );
  expect(text({ name: "terraform", constraint: "~> 1.12", version: null })).toBe(
    "terraform ~> 1.10.0 → ~> 1.12, not planned yet",
  );
});
