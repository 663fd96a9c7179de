import type { Rule } from "../../../rule.ts";
import type { Condition } from "../../../vocabulary/condition.ts";
import { namedStatement } from "../../../vocabulary/named-resources.ts";
import { allows, everyAction, isRestricted, onEverything } from "../../../vocabulary/policy-document.ts";
import type { Statement } from "../../../vocabulary/statement.ts";
import {
  assumesRoles,
  escalates,
  isWholeIam,
  isWholeSensitiveService,
  isWholeService,
  onAnyIdentity,
  onAnything,
  passesRoles,
  policyOf,
  policyTypes,
} from "./iam-statements.ts";

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
    examples: { bad: policyOf('"*"', "*"), good: policyOf('["s3:GetObject"]', "arn:aws:s3:::invoices/*") },
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
    examples: { bad: policyOf('"iam:*"', "*"), good: policyOf('"iam:GetRole"', "*") },
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
    examples: { bad: policyOf('["s3:*"]', "*"), good: policyOf('["s3:*"]', "arn:aws:s3:::invoices/*") },
  },
  {
    id: "aws-iam-policy-whole-sensitive-service",
    severity: "high",
    category: "access",
    title: "The policy allows everything of a service that holds keys, secrets or rights",
    resourceTypes: policyTypes,
    failsWhen: inPolicies(onAnything(isWholeSensitiveService)),
    why: "Whoever has all of KMS, Secrets Manager, STS or the organization can read what is protected and take what rights there are.",
    fix: "Name the few actions, and the keys, secrets or roles.",
    controls: [],
    examples: {
      bad: policyOf('["kms:*"]', "*"),
      good: policyOf('["kms:Decrypt"]', "arn:aws:kms:eu-west-1:111122223333:key/abc"),
    },
  },
  {
    id: "aws-iam-policy-pass-any-role",
    severity: "high",
    category: "access",
    title: "The policy allows handing any role to a service",
    resourceTypes: policyTypes,
    // Where everything of IAM is allowed, that is what is wrong.
    failsWhen: inPolicies(onAnyIdentity(passesRoles)),
    why: "Who can start a machine or function with any role has the rights of the strongest one.",
    fix: "Name the roles that may be passed, and the service by the condition iam:PassedToService.",
    controls: [],
    examples: {
      bad: policyOf('["ec2:RunInstances", "iam:PassRole"]', "*"),
      good: policyOf('["iam:PassRole"]', "arn:aws:iam::111122223333:role/shop"),
    },
  },
  {
    id: "aws-iam-policy-privilege-escalation",
    severity: "high",
    category: "access",
    title: "The policy allows giving oneself more rights",
    resourceTypes: policyTypes,
    failsWhen: inPolicies(onAnyIdentity(escalates)),
    why: "Attaching a policy, adding a version or making a key for another user is a way to every other right.",
    fix: "Name the users, roles or policies it is for, or require a permissions boundary by a condition.",
    controls: [],
    examples: {
      bad: policyOf('"iam:AttachUserPolicy"', "*"),
      good: policyOf('"iam:AttachUserPolicy"', "arn:aws:iam::111122223333:user/robots/*"),
    },
  },
  {
    id: "aws-iam-policy-assume-any-role",
    severity: "medium",
    category: "access",
    title: "The policy allows taking any role",
    resourceTypes: policyTypes,
    failsWhen: inPolicies(onAnyIdentity(assumesRoles)),
    why: "Every role of every account that trusts this one is within reach.",
    fix: "Name the roles.",
    controls: [],
    examples: {
      bad: policyOf('"sts:AssumeRole"', "*"),
      good: policyOf('"sts:AssumeRole"', "arn:aws:iam::111122223333:role/reader"),
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
