import type { Rule } from "../../../rule.ts";
import { allows, covers, everyAction, isRestricted, onEverything } from "../../../vocabulary/policy-document.ts";
import { namedStatement } from "../../../vocabulary/named-resources.ts";
import type { Statement } from "../../../vocabulary/statement.ts";
import { policyOf, policyTypes } from "./iam-statements.ts";

/** What the policy reaches too far into. */
interface Reach {
  id: string;
  severity: Rule["severity"];
  title: string;
  why: string;
  fix: string;
  /** One of them is enough. */
  actions: readonly string[];
  /** ARNs that, like `*`, mean all there are. */
  all: RegExp;
  good: string;
}

/** Where a whole service or everything is allowed on everything, that is what is wrong, and another rule says so. */
function isWider(one: Statement, actions: readonly string[]): boolean {
  const services = actions.map((action) => `${action.split(":")[0]}:*`);
  return everyAction(one) || (onEverything(one) && services.some((service) => one.actions.includes(service)));
}

function reachRule({ id, severity, title, why, fix, actions, all, good }: Reach): Rule {
  return {
    id,
    severity,
    category: "access",
    title,
    resourceTypes: policyTypes,
    failsWhen: namedStatement(
      "policy",
      (one) =>
        allows(one) &&
        !isRestricted(one) &&
        (onEverything(one) || one.resources.some((resource) => all.test(resource))) &&
        actions.some((action) => covers(one.actions, action)) &&
        !isWider(one, actions),
    ),
    why,
    fix,
    controls: [],
    examples: { bad: policyOf(`"${actions[0]}"`, "*"), good: policyOf(`"${actions[0]}"`, good) },
  };
}

export const awsIamPolicyReachRules: Rule[] = [
  reachRule({
    id: "aws-iam-policy-read-any-secret",
    severity: "medium",
    title: "The policy allows reading every secret",
    why: "Whoever gets hold of this one identity gets the passwords and keys of all applications of the account.",
    fix: "Name the secrets or parameters, or their path, that the application needs.",
    actions: [
      "secretsmanager:GetSecretValue",
      "secretsmanager:BatchGetSecretValue",
      "ssm:GetParameter",
      "ssm:GetParameters",
      "ssm:GetParametersByPath",
    ],
    all: /^arn:aws[\w-]*:(?:secretsmanager|ssm):[^:]*:[^:]*:(?:secret:|parameter\/)?\*+$/,
    good: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/*",
  }),
  reachRule({
    id: "aws-iam-policy-decrypt-anything",
    severity: "medium",
    title: "The policy allows decrypting with every key",
    why: "Keys of their own for sensitive data are of no use when one identity may use them all.",
    fix: "Name the keys, or restrict the statement by the condition kms:ViaService or kms:ResourceAliases.",
    actions: ["kms:Decrypt", "kms:ReEncryptFrom", "kms:CreateGrant", "kms:PutKeyPolicy"],
    all: /^arn:aws[\w-]*:kms:[^:]*:[^:]*:(?:key\/)?\*+$/,
    good: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  }),
  reachRule({
    id: "aws-iam-policy-read-any-bucket",
    severity: "medium",
    title: "The policy allows reading or deleting objects of every bucket",
    why: "Backups, logs and other teams' data are within reach of one application's identity.",
    fix: "Name the buckets.",
    actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:PutBucketPolicy", "s3:PutBucketAcl"],
    all: /^arn:aws[\w-]*:s3:::\*+(?:\/\*+)?$/,
    good: "arn:aws:s3:::invoices/*",
  }),
  reachRule({
    id: "aws-iam-policy-shell-on-any-machine",
    severity: "medium",
    title: "The policy allows running commands on every machine",
    why: "Whoever can run commands on a machine has the rights of its role; the strongest one of the account counts.",
    fix: "Name the instances, or restrict the statement by tags (aws:ResourceTag) and the document that may be run.",
    actions: ["ssm:SendCommand", "ssm:StartSession", "ec2-instance-connect:SendSSHPublicKey", "ecs:ExecuteCommand"],
    all: /^arn:aws[\w-]*:(?:ec2|ecs|ssm):[^:]*:[^:]*:(?:(?:instance|task|managed-instance)\/)?\*+$/,
    good: "arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc",
  }),
  reachRule({
    id: "aws-iam-policy-change-any-function",
    severity: "medium",
    title: "The policy allows putting code into every function",
    why: "Code put into somebody else's function runs with that function's role, which may do more than this one.",
    fix: "Name the functions.",
    actions: ["lambda:UpdateFunctionCode", "lambda:UpdateFunctionConfiguration", "lambda:AddPermission"],
    all: /^arn:aws[\w-]*:lambda:[^:]*:[^:]*:function:\*+$/,
    good: "arn:aws:lambda:eu-west-1:111122223333:function:shop-*",
  }),
  reachRule({
    id: "aws-iam-policy-switch-off-records",
    severity: "medium",
    title: "The policy allows switching off the records of what is done",
    why: "Whoever comes in first stops the trail and the threat detector; what follows leaves no trace.",
    fix: "Keep these actions for one role of the security team, and deny them to all others by a service control policy.",
    actions: [
      "cloudtrail:StopLogging",
      "cloudtrail:DeleteTrail",
      "cloudtrail:UpdateTrail",
      "cloudtrail:PutEventSelectors",
      "guardduty:DeleteDetector",
      "guardduty:UpdateDetector",
      "config:StopConfigurationRecorder",
      "config:DeleteConfigurationRecorder",
      "securityhub:DisableSecurityHub",
      "ec2:DeleteFlowLogs",
    ],
    all: /^arn:aws[\w-]*:(?:cloudtrail|guardduty|config):[^:]*:[^:]*:(?:\w+\/)?\*+$/,
    good: "arn:aws:cloudtrail:eu-west-1:111122223333:trail/tests",
  }),
  {
    id: "aws-iam-policy-all-but-some-resources",
    severity: "medium",
    category: "access",
    title: "The policy allows its actions on everything but a few resources",
    resourceTypes: policyTypes,
    failsWhen: namedStatement(
      "policy",
      // With NotAction as well, the rule about that one speaks.
      (one) => allows(one) && one.notResources.length > 0 && one.notActions.length === 0 && !isRestricted(one),
    ),
    why: "What is not on the list is allowed, and so is every resource that will ever be made.",
    fix: "List the resources in Resource; keep NotResource for denials.",
    controls: [],
    examples: {
      bad: `resource "aws_iam_policy" "deploy" {
  policy = jsonencode({ Statement = { Effect = "Allow", Action = "s3:GetObject", NotResource = "arn:aws:s3:::a/*" } })
}`,
      good: `resource "aws_iam_policy" "deploy" {
  policy = jsonencode({ Statement = { Effect = "Deny", Action = "s3:GetObject", NotResource = "arn:aws:s3:::a/*" } })
}`,
    },
  },
];
