import { any, matches, not, oneOf, present } from "../../vocabulary/condition.ts";
import { below } from "../../vocabulary/number.ts";
import { cisAws, cisAws7, outsideOfCode } from "./editions.ts";
import type { Control } from "../control.ts";

const passwordPolicy = ["aws_iam_account_password_policy"];
const rootUser = "Log in as the root user, or read the credential report of IAM.";
const report = "Read the credential report of IAM.";

/** Section 1 of CIS AWS Foundations 5.0: identities and access. */
export const cisAwsIdentity: readonly Control[] = [
  outsideOfCode("1.1", "The account's contact details are up to date", "Look at the account's page in the console."),
  outsideOfCode(
    "1.2",
    "The account names somebody to tell about security",
    "Look at the alternate contacts of the account.",
  ),
  outsideOfCode("1.3", "The root user has no access keys", rootUser),
  outsideOfCode("1.4", "The root user logs in with a second factor", rootUser),
  outsideOfCode("1.5", "The root user's second factor is a device of its own", rootUser),
  outsideOfCode("1.6", "The root user does no daily work", rootUser),
  cisAws({
    id: "1.7",
    newId: "2.8",
    title: "Passwords have at least 14 characters",
    scope: "account",
    severity: "medium",
    exists: { resourceTypes: passwordPolicy, where: not(below("minimum_password_length", 14, 6)) },
  }),
  cisAws({
    id: "1.8",
    newId: "2.9",
    title: "The last 24 passwords cannot be used again",
    scope: "account",
    severity: "low",
    exists: { resourceTypes: passwordPolicy, where: not(below("password_reuse_prevention", 24, 0)) },
  }),
  outsideOfCode("1.9", "Every user with a password logs in with a second factor", report),
  outsideOfCode("1.10", "New users with a password get no access keys at once", report),
  outsideOfCode("1.11", "Credentials unused for 45 days are switched off", report),
  cisAws({ id: "1.12", title: "A user has one active key at most", scope: "joined", severity: "medium" }),
  cisAws({
    id: "1.13",
    newId: "2.12",
    title: "Access keys are changed every 90 days",
    scope: "resource",
    severity: "medium",
  }),
  cisAws({
    id: "1.14",
    newId: "2.13",
    title: "Users get their rights from groups only",
    scope: "resource",
    severity: "medium",
  }),
  cisAws({
    id: "1.15",
    newId: "2.14",
    title: "No policy allows everything on everything",
    scope: "resource",
    severity: "high",
  }),
  cisAws({
    id: "1.16",
    newId: "2.15",
    title: "Some role may speak with AWS support",
    scope: "account",
    severity: "low",
    exists: {
      resourceTypes: [
        "aws_iam_role_policy_attachment",
        "aws_iam_group_policy_attachment",
        "aws_iam_user_policy_attachment",
        "aws_iam_policy_attachment",
      ],
      where: matches("policy_arn", /:policy\/AWSSupportAccess$/),
    },
  }),
  cisAws({
    id: "1.17",
    newId: "2.16",
    title: "Machines have roles instead of keys",
    scope: "resource",
    severity: "low",
  }),
  cisAws({
    id: "1.18",
    newId: "2.17",
    title: "No expired certificate is kept in IAM",
    scope: "resource",
    severity: "medium",
  }),
  cisAws({
    id: "1.19",
    newId: "2.18",
    title: "An analyzer looks for access from outside",
    scope: "account",
    severity: "low",
    exists: {
      resourceTypes: ["aws_accessanalyzer_analyzer"],
      // An analyzer of unused access is another thing.
      where: any(oneOf("type", ["ACCOUNT", "ORGANIZATION"]), not(present("type"))),
    },
  }),
  outsideOfCode(
    "1.20",
    "People's identities are kept in one place, outside the accounts",
    "Look at IAM Identity Center or the identity provider.",
  ),
  cisAws({
    id: "1.21",
    newId: "2.20",
    title: "Nobody has all rights in CloudShell",
    scope: "resource",
    severity: "medium",
  }),
  cisAws7({ id: "2.21", title: "No policy of a resource lets everybody in", scope: "resource", severity: "high" }),
];
