import type { Rule } from "../../../rule.ts";
import { equals, not } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

export const awsVpcLatticeRules: Rule[] = [
  {
    id: "aws-vpclattice-service-open",
    severity: "medium",
    category: "access",
    title: "The service asks its callers for nothing",
    resourceTypes: ["aws_vpclattice_service", "aws_vpclattice_service_network"],
    failsWhen: not(equals("auth_type", "AWS_IAM")),
    why: "Whatever stands in a connected network may call it.",
    fix: 'Set auth_type = "AWS_IAM" and add an aws_vpclattice_auth_policy.',
    controls: [],
    repair: "none",
    examples: examplesOf(
      "aws_vpclattice_service",
      'name = "orders"\nauth_type = "NONE"',
      'name = "orders"\nauth_type = "AWS_IAM"',
    ),
  },
];
