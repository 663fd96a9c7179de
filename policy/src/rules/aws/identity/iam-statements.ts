import { allows, covers, everyAction, onEverything } from "../../../vocabulary/policy-document.ts";
import type { Statement } from "../../../vocabulary/statement.ts";

type Test = (statement: Statement) => boolean;

/** Policies of their own and those inside users, groups and roles. */
export const policyTypes = ["aws_iam_policy", "aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy"];

/** An unconditional permission on everything. */
export function onAnything(test: Test): Test {
  return (one) => allows(one) && onEverything(one) && one.conditions.length === 0 && test(one);
}

/** Every role, user, group or policy of an account, or of all: `*`, `arn:aws:iam::111122223333:role/*`. */
export function onAnyIdentity(test: Test): Test {
  return (one) =>
    allows(one) &&
    one.conditions.length === 0 &&
    (onEverything(one) ||
      one.resources.some((resource) => /^arn:aws[\w-]*:iam::[^:]*:(?:\w+\/)?\*+$/.test(resource))) &&
    test(one);
}

/** Actions by which a principal can give itself more than it has. */
const escalating = [
  "iam:AddUserToGroup",
  "iam:AttachGroupPolicy",
  "iam:AttachRolePolicy",
  "iam:AttachUserPolicy",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:CreatePolicyVersion",
  "iam:DeleteRolePermissionsBoundary",
  "iam:DeleteUserPermissionsBoundary",
  "iam:PutGroupPolicy",
  "iam:PutRolePolicy",
  "iam:PutUserPolicy",
  "iam:SetDefaultPolicyVersion",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateLoginProfile",
  "sso:AttachManagedPolicyToPermissionSet",
  "sso:PutInlinePolicyToPermissionSet",
];

export function isWholeIam({ actions }: Statement): boolean {
  return actions.includes("iam:*");
}

/** Services that hold secrets, or decide who may do what. IAM has a rule of its own. */
const sensitive = ["kms", "organizations", "secretsmanager", "sso", "sts"];

export function isWholeSensitiveService(one: Statement): boolean {
  return sensitive.some((service) => one.actions.includes(`${service}:*`)) && !everyAction(one);
}

/** Another service than those. */
export function isWholeService(one: Statement): boolean {
  const others = one.actions.flatMap((action) => /^([a-z0-9-]+):\*$/.exec(action)?.[1] ?? []);
  return others.some((service) => service !== "iam" && !sensitive.includes(service)) && !everyAction(one);
}

/** Where everything, or everything of IAM, is allowed, that is what is wrong. */
export function passesRoles(one: Statement): boolean {
  return covers(one.actions, "iam:PassRole") && !everyAction(one) && !isWholeIam(one);
}

export function escalates(one: Statement): boolean {
  return !everyAction(one) && !isWholeIam(one) && escalating.some((action) => covers(one.actions, action));
}

/** Takes roles by name; of a service that it has as a whole, that is what is wrong. */
export function assumesRoles(one: Statement): boolean {
  return covers(one.actions, "sts:AssumeRole") && !everyAction(one) && !one.actions.includes("sts:*");
}

/** A policy with one statement, for examples. */
export function policyOf(action: string, resource: string): string {
  return `resource "aws_iam_policy" "deploy" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ${action}, Resource = "${resource}" }]
  })
}`;
}
