import { describe, expect, it } from "vitest";
import { awsRules } from "../../rules/aws/aws-rules.ts";
import { cisAwsControls } from "./cis-aws.ts";
import { nameOfControl } from "../control.ts";

const names = cisAwsControls.flatMap((control) => [control, ...control.also].map(nameOfControl));

/** `1.1` to `1.21`, and so on: the numbers of the edition 5.0. */
const numbered = (section: string, last: number) => Array.from({ length: last }, (_, n) => `${section}.${n + 1}`);
const all = [
  ...numbered("1", 21),
  ...numbered("2.1", 4),
  ...numbered("2.2", 4),
  "2.3.1",
  ...numbered("3", 9),
  ...numbered("4", 16),
  "5.1.1",
  "5.1.2",
  "5.2",
  "5.3",
  "5.4",
  "5.5",
  "5.6",
  "5.7",
];

describe("the controls of CIS AWS Foundations", () => {
  it("are all there, once", () => {
    const ids = cisAwsControls.filter(({ catalogue }) => catalogue === "CIS AWS 5.0").map(({ id }) => id);
    expect(ids.toSorted()).toEqual(all.toSorted());
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(["CIS AWS 7.0 2.21", "CIS AWS 7.0 4.10", "CIS AWS 7.0 6.8"]));
  });

  it.each(cisAwsControls.map((control) => [nameOfControl(control), control] as const))(
    "%s is answered, or says where to look",
    (_, { rules, exists, notInCode, title }) => {
      expect(rules.length > 0 || exists !== undefined).toBe(notInCode === undefined);
      expect(title.length).toBeGreaterThan(10);
    },
  );

  it("are the only ones that rules name", () => {
    const named = new Set(awsRules.flatMap(({ controls }) => controls));
    expect([...named].filter((name) => !names.includes(name))).toEqual([]);
  });
});
