import { expect, test } from "vitest";
import { planOf } from "../testing/plans.ts";
import { maskDiff } from "./mask-diff.ts";
import { plantedInPlan } from "./planted-in-plan.ts";

const key = "AKIAQYLPMN5HHHFPZAM2";
const password = "hunter2-and-more";

/** A plan of one resource whose attributes are all written in code. */
function planWith(values: Record<string, string>): string {
  const expressions = Object.fromEntries(Object.keys(values).map((name) => [name, { constant_value: "" }]));
  return JSON.stringify({
    ...planOf([{ address: "aws_instance.a", after: values }]),
    configuration: {
      root_module: { resources: [{ mode: "managed", type: "aws_instance", name: "a", expressions }] },
    },
  });
}

test("what somebody wrote into code or values is named, as the plan holds it", () => {
  expect(plantedInPlan(planWith({ text: `id = ${key}`, password }))).toEqual([key, password]);
  const encoded = Buffer.from(`#!/bin/sh\nexport DB_PASSWORD=${password}\n`).toString("base64");
  expect(plantedInPlan(planWith({ user_data: encoded }))).toEqual([password, encoded]);
});

test("nothing is named where nothing was written, and what is no plan is none", () => {
  expect(plantedInPlan(planWith({ text: "hello" }))).toEqual([]);
  expect(plantedInPlan("{")).toEqual([]);
  expect(plantedInPlan("{}")).toEqual([]);
});

test("a diff is shown without the credentials of its old and new lines; everything else stays", () => {
  const diff = (value: string, word: string) =>
    `@@ -1,2 +1,3 @@\n-  password = "${word}"\n+  key_id   = "${value}"\n+export DB_PASSWORD=${word}\n context\n`;
  const masked = maskDiff(diff(key, password), "components/shop/start.sh");
  expect(masked).toBe(diff("••••••", "••••••"));
  expect(maskDiff("@@ -1 +1 @@\n-a = 1\n+a = 2\n", "main.tf")).toBe("@@ -1 +1 @@\n-a = 1\n+a = 2\n");
});
