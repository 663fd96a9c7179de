import type { Rule } from "../../rule.ts";
import { some } from "../../vocabulary/condition.ts";
import type { Condition } from "../../vocabulary/condition.ts";
import { allows, covers, everyAction, isRestricted, onEverything } from "../../vocabulary/policy-document.ts";
import { namedStatement } from "../../vocabulary/named-resources.ts";
import type { Statement } from "../../vocabulary/statement.ts";

/** Policies of their own and those inside users, groups and roles. */
export const policyTypes = ["aws_iam_policy", "aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy"];

/** An unconditional permission on everything. */
export function onAnything(test: (statement: Statement) => boolean): (statement: Statement) => boolean {
  return (one) => allows(one) && onEverything(one) && one.conditions.length === 0 && test(one);
}

/** Every role, user, group or policy of an account, or of all: `*`, `arn:aws:iam::111122223333:role/*`. */
function onAnyIdentity(test: (statement: Statement) => boolean): (statement: Statement) => boolean {
  return (one) =>
    allows(one) &&
    one.conditions.length === 0 &&
    (onEverything(one) ||
      one.resources.some((resource) => /^arn:aws[\w-]*:iam::[^:]*:(?:\w+\/)?\*+$/.test(resource))) &&
    test(one);
}

export const document = (action: string, resource: string) => `resource "aws_iam_policy" "deploy" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ${action}, Resource = "${resource}" }]
  })
}`;

/** Actions by which a principal can give itself more than it has. */
const escalating = [
  "iam:AddUserToGroup",
  "iam:AttachGroupPolicy",
  "iam:AttachRolePolicy",
  "iam:AttachUserPolicy",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:DeleteRolePermissionsBoundary",
  "iam:DeleteUserPermissionsBoundary",
  "iam:CreatePolicyVersion",
  "iam:PutGroupPolicy",
  "iam:PutRolePolicy",
  "iam:PutUserPolicy",
  "iam:SetDefaultPolicyVersion",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateLoginProfile",
  "sso:AttachManagedPolicyToPermissionSet",
  "sso:PutInlinePolicyToPermissionSet",
];

const isWholeIam = (one: Statement): boolean => one.actions.includes("iam:*");

/** A whole service, other than IAM, which has a rule of its own. */
const isWholeService = (one: Statement): boolean =>
  one.actions.some((action) => /^[a-z0-9-]+:\*$/.test(action) && action !== "iam:*") && !everyAction(one);

function inPolicies(test: (statement: Statement) => boolean): Condition {
  return namedStatement("policy", test);
}

export const awsIamPolicyRules: Rule[] = [
  {
    id: "aws-iam-policy-full-administration",
    severity: "high",
    category: "access",
    title: "The policy allows every action on everything",
    resourceTypes: policyTypes,
    failsWhen: inPolicies(onAnything(everyAction)),
    why: "Whoever gets hold of such credentials owns the account.",
    fix: "Name the actions and resources that are needed; access analysis can derive them from what was used.",
    controls: ["CIS AWS 5.0 1.15"],
    examples: { bad: document('"*"', "*"), good: document('["s3:GetObject"]', "arn:aws:s3:::invoices/*") },
  },
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
    id: "aws-iam-policy-whole-iam",
    severity: "high",
    category: "access",
    title: "The policy allows everything in IAM",
    resourceTypes: policyTypes,
    failsWhen: inPolicies(onAnyIdentity(isWholeIam)),
    why: "Who may change every role and policy can give itself everything else.",
    fix: "Name the few actions, on roles under a path of their own, with a permissions boundary as a condition.",
    controls: [],
    examples: { bad: document('"iam:*"', "*"), good: document('"iam:GetRole"', "*") },
  },
  {
    id: "aws-iam-policy-whole-service",
    severity: "medium",
    category: "access",
    title: "The policy allows everything a service can do, on everything",
    resourceTypes: policyTypes,
    failsWhen: inPolicies(onAnything(isWholeService)),
    why: "It takes in deleting, publishing and changing permissions, now and in every future version of the service.",
    fix: "Name the actions and resources that are needed.",
    controls: [],
    examples: { bad: document('["s3:*"]', "*"), good: document('["s3:*"]', "arn:aws:s3:::invoices/*") },
  },
  {
    id: "aws-iam-policy-pass-any-role",
    severity: "high",
    category: "access",
    title: "The policy allows handing any role to a service",
    resourceTypes: policyTypes,
    // Where everything of IAM is allowed, that is what is wrong.
    failsWhen: inPolicies(
      onAnyIdentity((one) => covers(one.actions, "iam:PassRole") && !everyAction(one) && !isWholeIam(one)),
    ),
    why: "Who can start a machine or function with any role has the rights of the strongest one.",
    fix: "Name the roles that may be passed, and the service by the condition iam:PassedToService.",
    controls: [],
    examples: {
      bad: document('["ec2:RunInstances", "iam:PassRole"]', "*"),
      good: document('["iam:PassRole"]', "arn:aws:iam::111122223333:role/shop"),
    },
  },
  {
    id: "aws-iam-policy-privilege-escalation",
    severity: "high",
    category: "access",
    title: "The policy allows giving oneself more rights",
    resourceTypes: policyTypes,
    failsWhen: inPolicies(
      onAnyIdentity(
        (one) => !everyAction(one) && !isWholeIam(one) && escalating.some((action) => covers(one.actions, action)),
      ),
    ),
    why: "Attaching a policy, adding a version or making a key for another user is a way to every other right.",
    fix: "Name the users, roles or policies it is for, or require a permissions boundary by a condition.",
    controls: [],
    examples: {
      bad: document('"iam:AttachUserPolicy"', "*"),
      good: document('"iam:AttachUserPolicy"', "arn:aws:iam::111122223333:user/robots/*"),
    },
  },
  {
    id: "aws-iam-policy-assume-any-role",
    severity: "medium",
    category: "access",
    title: "The policy allows taking any role",
    resourceTypes: policyTypes,
    failsWhen: inPolicies(onAnyIdentity((one) => covers(one.actions, "sts:AssumeRole") && !everyAction(one))),
    why: "Every role of every account that trusts this one is within reach.",
    fix: "Name the roles.",
    controls: [],
    examples: {
      bad: document('"sts:AssumeRole"', "*"),
      good: document('"sts:AssumeRole"', "arn:aws:iam::111122223333:role/reader"),
    },
  },
  {
    id: "aws-iam-policy-all-but-some",
    severity: "medium",
    category: "access",
    title: "The policy allows everything but a few actions",
    resourceTypes: policyTypes,
    failsWhen: inPolicies(
      (one) =>
        allows(one) &&
        one.notActions.length > 0 &&
        !isRestricted(one) &&
        (onEverything(one) || one.notResources.length > 0),
    ),
    why: "What is not on the list is allowed, and so is every action that AWS will ever add.",
    fix: "List what is allowed in Action; keep NotAction for denials.",
    controls: [],
    examples: {
      bad: `resource "aws_iam_policy" "deploy" {
  policy = jsonencode({ Statement = { Effect = "Allow", NotAction = "iam:*", Resource = "*" } })
}`,
      good: `resource "aws_iam_policy" "deploy" {
  policy = jsonencode({ Statement = { Effect = "Deny", NotAction = "iam:*", Resource = "*" } })
}`,
    },
  },
];
