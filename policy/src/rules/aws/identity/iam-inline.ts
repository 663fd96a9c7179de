import type { Rule } from "../../../rule.ts";
import { some } from "../../../vocabulary/condition.ts";
import { namedStatement } from "../../../vocabulary/named-resources.ts";
import { everyAction } from "../../../vocabulary/policy-document.ts";
import type { Statement } from "../../../vocabulary/statement.ts";
import { escalates, isWholeIam, onAnyIdentity, onAnything, passesRoles } from "./iam-statements.ts";

const role = (action: string, resource: string) => `resource "aws_iam_role" "deploy" {
  inline_policy {
    name   = "deploy"
    policy = jsonencode({ Statement = { Effect = "Allow", Action = "${action}", Resource = "${resource}" } })
  }
}`;

const staff = (action: string, resource: string) => `resource "aws_ssoadmin_permission_set_inline_policy" "staff" {
  inline_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "${action}", Resource = "${resource}" }] })
}`;

/** Any way to more rights than the policy itself gives. */
const leadsFurther = onAnyIdentity((one: Statement) => isWholeIam(one) || passesRoles(one) || escalates(one));

/** Policies that stand inside a role or a permission set. */
export const awsIamInlineRules: Rule[] = [
  {
    id: "aws-iam-role-inline-full-administration",
    severity: "high",
    category: "access",
    title: "A policy inside the role allows every action on everything",
    resourceTypes: ["aws_iam_role"],
    failsWhen: some("inline_policy", namedStatement("policy", onAnything(everyAction)), ["name"]),
    why: "Whoever can take the role owns the account.",
    fix: "Name the actions and resources that are needed.",
    controls: ["CIS AWS 5.0 1.15"],
    examples: {
      bad: `resource "aws_iam_role" "deploy" {
  inline_policy {
    name   = "all"
    policy = jsonencode({ Statement = { Effect = "Allow", Action = "*:*", Resource = ["*"] } })
  }
}`,
      good: `resource "aws_iam_role" "deploy" {
  inline_policy {
    name   = "read"
    policy = jsonencode({ Statement = { Effect = "Allow", Action = "s3:GetObject", Resource = ["arn:aws:s3:::a/*"] } })
  }
}`,
    },
  },
  {
    id: "aws-iam-permission-set-full-administration",
    severity: "high",
    category: "access",
    title: "The permission set allows every action on everything",
    resourceTypes: ["aws_ssoadmin_permission_set_inline_policy"],
    failsWhen: namedStatement("inline_policy", onAnything(everyAction)),
    why: "Everybody who gets the permission set owns the account.",
    fix: "Name the actions and resources that are needed.",
    controls: ["CIS AWS 5.0 1.15"],
    examples: {
      bad: `resource "aws_ssoadmin_permission_set_inline_policy" "staff" {
  inline_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}`,
      good: `resource "aws_ssoadmin_permission_set_inline_policy" "staff" {
  inline_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:ListBucket", Resource = "*" }] })
}`,
    },
  },
  {
    id: "aws-iam-role-inline-escalation",
    severity: "high",
    category: "access",
    title: "A policy inside the role allows giving oneself more rights",
    resourceTypes: ["aws_iam_role"],
    failsWhen: some("inline_policy", namedStatement("policy", leadsFurther), ["name"]),
    why: "Attaching a policy, or handing any role to a machine, is a way to every other right.",
    fix: "Name the roles or policies it is for, or require a permissions boundary by a condition.",
    controls: [],
    examples: {
      bad: role("iam:PassRole", "*"),
      good: role("iam:PassRole", "arn:aws:iam::111122223333:role/shop"),
    },
  },
  {
    id: "aws-iam-permission-set-escalation",
    severity: "high",
    category: "access",
    title: "The permission set allows giving oneself more rights",
    resourceTypes: ["aws_ssoadmin_permission_set_inline_policy"],
    failsWhen: namedStatement("inline_policy", leadsFurther),
    why: "Attaching a policy, or handing any role to a machine, is a way to every other right.",
    fix: "Name the roles or policies it is for, or require a permissions boundary by a condition.",
    controls: [],
    examples: {
      bad: staff("iam:CreatePolicyVersion", "*"),
      good: staff("iam:CreatePolicyVersion", "arn:aws:iam::111122223333:policy/shop/*"),
    },
  },
];
