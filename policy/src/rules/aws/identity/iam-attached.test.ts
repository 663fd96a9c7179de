import { describe, expect, it } from "vitest";
import { effectivePolicy } from "../../../configuration/effective-policy.ts";
import { defaultPolicyConfiguration } from "../../../configuration/policy-configuration.ts";
import { resourcesFromHcl } from "../../../examples/resources-from-hcl.ts";
import { judgeResources } from "../../../judging/judge-resources.ts";
import { awsRules } from "../aws-rules.ts";

const rules = awsRules.filter(({ id }) => id === "aws-iam-administrator-attached");
const policy = effectivePolicy(defaultPolicyConfiguration, "prod", "shared");

/** Outcomes where a policy of one's own stands beside what is attached. */
function outcomes(attached: string): string[] {
  const hcl = `
resource "aws_iam_policy" "shop" {
  name = "shop"
}
resource "aws_iam_group_policy_attachment" "deploy" {
  group      = "deploy"
  policy_arn = ${attached}
}`;
  return judgeResources(resourcesFromHcl(hcl), rules, policy).map(({ finding }) => finding.outcome);
}

describe("a policy that is attached", () => {
  it("is administration by its ARN, in every partition", () => {
    expect(outcomes('"arn:aws:iam::aws:policy/AdministratorAccess"')).toEqual(["fail"]);
    expect(outcomes('"arn:aws-us-gov:iam::aws:policy/AdministratorAccess"')).toEqual(["fail"]);
    expect(outcomes('"arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"')).toEqual([]);
  });

  it("is none of AWS where it is made in the same code", () => {
    expect(outcomes("aws_iam_policy.shop.arn")).toEqual([]);
  });

  it("may be any while nothing tells what it is", () => {
    expect(outcomes("var.policy")).toEqual(["unknown"]);
  });
});
