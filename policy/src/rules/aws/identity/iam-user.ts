import type { Rule } from "../../../rule.ts";
import { anything, matches, not, present } from "../../../vocabulary/condition.ts";
import { anyMatches } from "../../../vocabulary/list.ts";
import { below } from "../../../vocabulary/number.ts";
import { attached } from "./iam-attached.ts";

export const attachments = [
  "aws_iam_role_policy_attachment",
  "aws_iam_user_policy_attachment",
  "aws_iam_group_policy_attachment",
  "aws_iam_policy_attachment",
];
const administrator = /^arn:aws[\w-]*:iam::aws:policy\/AdministratorAccess$/;

const attach = (policy: string) => `resource "aws_iam_role_policy_attachment" "deploy" {
  role       = "deploy"
  policy_arn = "arn:aws:iam::aws:policy/${policy}"
}`;

const passwords = (more: string) => `resource "aws_iam_account_password_policy" "all" {
${more}
}`;

export const awsIamUserRules: Rule[] = [
  {
    id: "aws-iam-administrator-attached",
    severity: "high",
    category: "access",
    title: "AdministratorAccess is attached",
    resourceTypes: attachments,
    failsWhen: attached(administrator),
    why: "Whoever gets hold of these credentials owns the account.",
    fix: "Attach a policy with the actions that are needed; keep administration for a role that people take with a second factor.",
    controls: ["CIS AWS 5.0 1.15"],
    examples: { bad: attach("AdministratorAccess"), good: attach("ReadOnlyAccess") },
  },
  {
    id: "aws-iam-role-administrator",
    severity: "high",
    category: "access",
    title: "The role has AdministratorAccess",
    resourceTypes: ["aws_iam_role"],
    failsWhen: anyMatches("managed_policy_arns", administrator),
    why: "Whoever can take the role owns the account.",
    fix: "Attach a policy with the actions that are needed.",
    controls: ["CIS AWS 5.0 1.15"],
    examples: {
      bad: `resource "aws_iam_role" "deploy" {
  managed_policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"]
}`,
      good: `resource "aws_iam_role" "deploy" {
  managed_policy_arns = ["arn:aws:iam::aws:policy/ReadOnlyAccess"]
}`,
    },
  },
  {
    id: "aws-iam-cloudshell-full",
    severity: "medium",
    category: "access",
    title: "AWSCloudShellFullAccess is attached",
    resourceTypes: attachments,
    failsWhen: attached(/^arn:aws[\w-]*:iam::aws:policy\/AWSCloudShellFullAccess$/),
    why: "It allows moving files in and out of the account through a shell with internet access.",
    fix: "Attach a policy of your own that leaves out uploads and downloads.",
    controls: ["CIS AWS 5.0 1.21"],
    examples: { bad: attach("AWSCloudShellFullAccess"), good: attach("ReadOnlyAccess") },
  },
  {
    id: "aws-iam-user-has-policy",
    severity: "medium",
    category: "access",
    title: "A user gets rights directly",
    resourceTypes: ["aws_iam_user_policy", "aws_iam_user_policy_attachment"],
    failsWhen: anything,
    why: "Rights of single users are forgotten when people change their work.",
    fix: "Give rights to groups or roles, and put users into them.",
    controls: ["CIS AWS 5.0 1.14"],
    examples: {
      bad: `resource "aws_iam_user_policy_attachment" "ada" {
  user       = "ada"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}`,
      good: `resource "aws_iam_group_policy_attachment" "readers" {
  group      = "readers"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}`,
    },
  },
  {
    id: "aws-iam-policy-attached-to-users",
    severity: "medium",
    category: "access",
    title: "Users get rights directly",
    resourceTypes: ["aws_iam_policy_attachment"],
    failsWhen: present("users"),
    why: "Rights of single users are forgotten when people change their work.",
    fix: "Give rights to groups or roles, and put users into them.",
    controls: ["CIS AWS 5.0 1.14"],
    examples: {
      bad: `resource "aws_iam_policy_attachment" "readers" {
  name       = "readers"
  users      = ["ada"]
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}`,
      good: `resource "aws_iam_policy_attachment" "readers" {
  name       = "readers"
  groups     = ["readers"]
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}`,
    },
  },
  {
    id: "aws-iam-access-key",
    severity: "medium",
    category: "access",
    title: "A user gets a key that never expires",
    resourceTypes: ["aws_iam_access_key"],
    failsWhen: not(matches("status", /^inactive$/i)),
    why: "The secret lies in the state and wherever it is copied to, and works until somebody deletes it.",
    fix: "Use a role: of the machine, of the workload, or by federation from outside.",
    controls: ["CIS AWS 5.0 1.13"],
    repair: "none",
    examples: {
      bad: `resource "aws_iam_access_key" "robot" {
  user = "robot"
}`,
      good: `resource "aws_iam_access_key" "robot" {
  user   = "robot"
  status = "Inactive"
}`,
    },
  },
  {
    id: "aws-iam-password-length",
    severity: "medium",
    category: "access",
    title: "Passwords may be shorter than 14 characters",
    resourceTypes: ["aws_iam_account_password_policy"],
    failsWhen: below("minimum_password_length", 14, 6),
    why: "Short passwords are guessed.",
    fix: "Set minimum_password_length = 14 or more.",
    controls: ["CIS AWS 5.0 1.7"],
    examples: {
      bad: passwords("  minimum_password_length = 8\n  password_reuse_prevention = 24"),
      good: passwords("  minimum_password_length = 14\n  password_reuse_prevention = 24"),
    },
  },
  {
    id: "aws-iam-password-reuse",
    severity: "low",
    category: "access",
    title: "Old passwords may be used again",
    resourceTypes: ["aws_iam_account_password_policy"],
    failsWhen: below("password_reuse_prevention", 24, 0),
    why: "A password that leaked once comes back into use.",
    fix: "Set password_reuse_prevention = 24.",
    controls: ["CIS AWS 5.0 1.8"],
    examples: {
      bad: passwords("  minimum_password_length = 14"),
      good: passwords("  minimum_password_length = 14\n  password_reuse_prevention = 24"),
    },
  },
];
