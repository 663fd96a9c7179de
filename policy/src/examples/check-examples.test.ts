import { expect, test } from "vitest";
import { labBucketRules } from "../rules/lab/bucket.ts";
import { checkExamples } from "./check-examples.ts";

test("examples of rules are run, and what is wrong with them is told", () => {
  const [rule] = labBucketRules;
  if (!rule) throw new Error("the lab has a rule for buckets");
  expect(checkExamples([rule]).map(({ passed }) => passed)).toEqual([true, true]);
  const { bad, good } = rule.examples;
  const turned = checkExamples([{ ...rule, examples: { bad: good, good: bad } }]);
  expect(turned.map(({ passed }) => passed)).toEqual([false, false]);
  const broken = checkExamples([{ ...rule, examples: { bad: "resource {{", good } }]);
  expect(broken[0]).toMatchObject({ example: "bad", passed: false, fired: [expect.stringContaining("no HCL")] });
});
