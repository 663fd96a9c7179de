import type { Rule } from "../../../rule.ts";
import { all, any, anything, connected, isTrue, matches, not } from "../../../vocabulary/condition.ts";
import { anyMatches } from "../../../vocabulary/list.ts";
import { below } from "../../../vocabulary/number.ts";
import { exampleOf } from "../example.ts";
import { attached } from "./iam-attached.ts";
import { attachments } from "./iam-user.ts";

const attach = (policy: string) =>
  exampleOf(
    "aws_iam_role_policy_attachment",
    `role = "deploy"\npolicy_arn = "arn:aws:iam::aws:policy/${policy}"`,
    "deploy",
  );

const staff = (policy: string) =>
  exampleOf(
    "aws_ssoadmin_managed_policy_attachment",
    `instance_arn       = "arn:aws:sso:::instance/ssoins-0abc"
permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-0abc/ps-0abc"
managed_policy_arn = "arn:aws:iam::aws:policy/${policy}"`,
    "staff",
  );

const inactive = matches("status", /^inactive$/i);

const wholeIam = /^arn:aws[\w-]*:iam::aws:policy\/IAMFullAccess$/;
const wholeService =
  /^arn:aws[\w-]*:iam::aws:policy\/(?!IAMFullAccess$|AWSCloudShellFullAccess$)(?:\w+FullAccess(?:V2|_v2)?|PowerUserAccess|SecretsManagerReadWrite|AWSCodeBuildAdminAccess)$/;

export const awsIamAttachmentRules: Rule[] = [
  {
    id: "aws-iam-whole-iam-attached",
    severity: "high",
    category: "access",
    title: "IAMFullAccess is attached",
    resourceTypes: attachments,
    failsWhen: attached(wholeIam),
    why: "Who may change every role and policy can give itself everything else.",
    fix: "Attach a policy with the few actions that are needed, on roles under a path of their own.",
    controls: [],
    examples: { bad: attach("IAMFullAccess"), good: attach("IAMReadOnlyAccess") },
  },
  {
    id: "aws-iam-whole-service-attached",
    severity: "medium",
    category: "access",
    title: "A managed policy for everything in a service is attached",
    resourceTypes: attachments,
    failsWhen: attached(wholeService),
    why: "It takes in deleting, publishing and changing permissions on every resource of the account.",
    fix: "Attach a policy of your own with the actions and resources that are needed.",
    controls: [],
    examples: { bad: attach("AmazonS3FullAccess"), good: attach("AmazonS3ReadOnlyAccess") },
  },
  {
    id: "aws-iam-role-wide-managed-policy",
    severity: "medium",
    category: "access",
    title: "The role has a managed policy for everything in a service",
    resourceTypes: ["aws_iam_role"],
    failsWhen: any(anyMatches("managed_policy_arns", wholeIam), anyMatches("managed_policy_arns", wholeService)),
    why: "It takes in deleting, publishing and changing permissions on every resource of the account.",
    fix: "Attach a policy of your own with the actions and resources that are needed.",
    controls: [],
    examples: {
      bad: exampleOf("aws_iam_role", 'managed_policy_arns = ["arn:aws:iam::aws:policy/AmazonEC2FullAccess"]', "deploy"),
      good: exampleOf(
        "aws_iam_role",
        'managed_policy_arns = ["arn:aws:iam::aws:policy/AmazonEC2ReadOnlyAccess"]',
        "deploy",
      ),
    },
  },
  {
    id: "aws-iam-attachment-exclusive",
    severity: "low",
    category: "access",
    title: "The attachment takes the policy away from everybody else",
    resourceTypes: ["aws_iam_policy_attachment"],
    failsWhen: anything,
    why: "It is the whole list of who has the policy: an apply takes it from everybody who got it elsewhere.",
    fix: "Use aws_iam_role_policy_attachment or aws_iam_group_policy_attachment, which add one and leave the rest.",
    controls: [],
    examples: {
      bad: exampleOf(
        "aws_iam_policy_attachment",
        'name = "readers"\ngroups = ["readers"]\npolicy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"',
        "readers",
      ),
      good: exampleOf(
        "aws_iam_group_policy_attachment",
        'group = "readers"\npolicy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"',
        "readers",
      ),
    },
  },
  {
    id: "aws-iam-permission-set-administrator",
    severity: "medium",
    category: "access",
    title: "The permission set has AdministratorAccess",
    resourceTypes: ["aws_ssoadmin_managed_policy_attachment"],
    failsWhen: matches("managed_policy_arn", /^arn:aws[\w-]*:iam::aws:policy\/(?:AdministratorAccess|IAMFullAccess)$/),
    why: "Everybody who gets the permission set owns the accounts it is assigned in.",
    fix: "Give daily work a narrower set; keep administration for a few people and short sessions.",
    controls: ["CIS AWS 5.0 1.15"],
    examples: { bad: staff("AdministratorAccess"), good: staff("ReadOnlyAccess") },
  },
  {
    id: "aws-iam-permission-set-long-session",
    severity: "low",
    category: "access",
    title: "A session with the permission set lasts longer than eight hours",
    resourceTypes: ["aws_ssoadmin_permission_set"],
    failsWhen: matches("session_duration", /^P(?:\d+D.*|T(?:9|1[0-2])H.*|T(?:48[1-9]|49\d|[5-9]\d\d)M.*)$/),
    why: "Credentials copied from a machine work until the session ends.",
    fix: 'Set session_duration = "PT8H" or less.',
    controls: [],
    examples: {
      bad: exampleOf("aws_ssoadmin_permission_set", 'name = "staff"\nsession_duration = "PT12H"', "staff"),
      good: exampleOf("aws_ssoadmin_permission_set", 'name = "staff"\nsession_duration = "PT4H"', "staff"),
    },
  },
  {
    id: "aws-iam-login-without-own-password",
    severity: "low",
    category: "access",
    title: "The user need not choose a password of their own",
    resourceTypes: ["aws_iam_user_login_profile"],
    failsWhen: not(isTrue("password_reset_required")),
    why: "Whoever read the first password, in the state or on its way to the user, can log in from then on.",
    fix: "Set password_reset_required = true, or let people come by IAM Identity Center.",
    controls: [],
    examples: {
      bad: exampleOf("aws_iam_user_login_profile", 'user = "ada"\npgp_key = "keybase:ada"', "ada"),
      good: exampleOf(
        "aws_iam_user_login_profile",
        'user = "ada"\npgp_key = "keybase:ada"\npassword_reset_required = true',
        "ada",
      ),
    },
  },
  {
    id: "aws-iam-login-short-password",
    severity: "low",
    category: "access",
    title: "The user's first password is shorter than 14 characters",
    resourceTypes: ["aws_iam_user_login_profile"],
    failsWhen: below("password_length", 14, 20),
    why: "Short passwords are guessed.",
    fix: "Leave password_length out (20) or set it to 14 or more.",
    controls: [],
    examples: {
      bad: exampleOf(
        "aws_iam_user_login_profile",
        'user = "ada"\npassword_length = 8\npassword_reset_required = true',
        "ada",
      ),
      good: exampleOf("aws_iam_user_login_profile", 'user = "ada"\npassword_reset_required = true', "ada"),
    },
  },
  {
    id: "aws-iam-service-credential",
    severity: "medium",
    category: "access",
    title: "A user gets a password for a service that never expires",
    resourceTypes: ["aws_iam_service_specific_credential"],
    failsWhen: not(inactive),
    why: "The password lies in the state and wherever it is copied to, and works until somebody deletes it.",
    fix: "Use a role: with git-remote-codecommit, or the service's signed requests.",
    controls: [],
    repair: "none",
    examples: {
      bad: exampleOf(
        "aws_iam_service_specific_credential",
        'user_name = "robot"\nservice_name = "codecommit.amazonaws.com"',
        "robot",
      ),
      good: exampleOf(
        "aws_iam_service_specific_credential",
        'user_name = "robot"\nservice_name = "codecommit.amazonaws.com"\nstatus = "Inactive"',
        "robot",
      ),
    },
  },
  {
    id: "aws-iam-two-access-keys",
    severity: "medium",
    category: "access",
    title: "The user has more than one active key",
    resourceTypes: ["aws_iam_access_key"],
    failsWhen: all(not(inactive), connected("aws_iam_access_key", { from: "user", to: ["user"] }, not(inactive))),
    why: "With two keys in use nobody can tell which one leaked, and the older one is never taken back.",
    fix: "Keep one active key; a second one belongs there only while keys are changed.",
    controls: ["CIS AWS 5.0 1.12"],
    examples: {
      bad: [
        exampleOf("aws_iam_access_key", 'user = "robot"', "old"),
        exampleOf("aws_iam_access_key", 'user = "robot"', "new"),
      ].join("\n"),
      good: [
        exampleOf("aws_iam_access_key", 'user = "robot"', "old"),
        exampleOf("aws_iam_access_key", 'user = "reader"', "new"),
      ].join("\n"),
    },
  },
];
