import type { Rule } from "../../../rule.ts";
import { allows, covers, letsEverybodyIn, statement } from "../../../vocabulary/policy-document.ts";
import type { Statement } from "../../../vocabulary/statement.ts";

const github = /token\.actions\.githubusercontent\.com$/;
/** Services whose tokens everybody gets who has an account there; who it is stands in the subject. */
const sharedProvider = /(?:^|\/)(?:gitlab\.com|app\.terraform\.io|agent\.buildkite\.com|accounts\.google\.com)$/;
const cluster = /oidc\.eks\./;

/** A subject that anybody can have: `acme*` is also the name of `acme-evil`. Others may stand for a branch or an account. */
const openSubject = /^(?:\*+|repo:[^/:]*\*.*|(?:project_path|organization):[^/:]*\*.*|system:serviceaccount:\*.*)$/;

/** A trust in an identity provider's tokens that does not say whose. */
function anySubject(provider: RegExp): (statement: Statement) => boolean {
  return (one) =>
    allows(one) &&
    covers(one.actions, "sts:AssumeRoleWithWebIdentity") &&
    one.principals.federated.some((name) => provider.test(name)) &&
    !one.conditions.some(
      ({ operator, key, values }) =>
        /:(?:sub|repository|repository_owner|repository_id|repository_owner_id|job_workflow_ref|enterprise|oaud)$/.test(
          key,
        ) &&
        /^(?:forany|forall)?\w*:?string(?:equals|like)/.test(operator) &&
        values.every((value) => !openSubject.test(value)),
    );
}

const trust = (principal: string, action: string, condition: string) => `resource "aws_iam_role" "deploy" {
  name = "deploy"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = ${principal}
      Action    = "${action}"
      Condition = ${condition}
    }]
  })
}`;

const githubTrust = (condition: string) =>
  trust(
    '{ Federated = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }',
    "sts:AssumeRoleWithWebIdentity",
    condition,
  );

const clusterTrust = (condition: string) =>
  trust(
    '{ Federated = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABCD" }',
    "sts:AssumeRoleWithWebIdentity",
    condition,
  );

const gitlabTrust = (condition: string) =>
  trust(
    '{ Federated = "arn:aws:iam::111122223333:oidc-provider/gitlab.com" }',
    "sts:AssumeRoleWithWebIdentity",
    condition,
  );

const poolTrust = (condition: string) =>
  trust('{ Federated = "cognito-identity.amazonaws.com" }', "sts:AssumeRoleWithWebIdentity", condition);

const samlTrust = (condition: string) =>
  trust('{ Federated = "arn:aws:iam::111122223333:saml-provider/staff" }', "sts:AssumeRoleWithSAML", condition);

export const awsIamTrustRules: Rule[] = [
  {
    id: "aws-iam-role-trusts-everybody",
    severity: "critical",
    category: "access",
    title: "Anybody may take the role",
    resourceTypes: ["aws_iam_role"],
    failsWhen: statement("assume_role_policy", letsEverybodyIn),
    why: "Any AWS account in the world can take the role and do what it may do.",
    fix: "Name the accounts, roles or services that may take it.",
    controls: [],
    examples: {
      bad: trust('{ AWS = ["*"] }', "sts:AssumeRole", "{}"),
      good: trust('{ AWS = "*" }', "sts:AssumeRole", '{ StringEquals = { "aws:PrincipalOrgID" = "o-abc" } }'),
    },
  },
  {
    id: "aws-iam-role-trusts-any-repository",
    severity: "critical",
    category: "access",
    title: "A workflow of any repository may take the role",
    resourceTypes: ["aws_iam_role"],
    failsWhen: statement("assume_role_policy", anySubject(github)),
    why: "Everybody with a GitHub account can run a workflow that takes the role.",
    fix: 'Add a condition on "token.actions.githubusercontent.com:sub" that names the organization and repository.',
    controls: [],
    examples: {
      bad: githubTrust('{ StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" } }'),
      good: githubTrust('{ StringLike = { "token.actions.githubusercontent.com:sub" = "repo:acme/shop:*" } }'),
    },
  },
  {
    id: "aws-iam-role-trusts-any-service-account",
    severity: "medium",
    category: "access",
    title: "Every service account of the cluster may take the role",
    resourceTypes: ["aws_iam_role"],
    failsWhen: statement("assume_role_policy", anySubject(cluster)),
    why: "Whatever runs in the cluster gets the role's rights.",
    fix: "Add a condition on the provider's :sub that names the namespace and service account.",
    controls: [],
    examples: {
      bad: clusterTrust("{}"),
      good: clusterTrust(
        '{ StringEquals = { "oidc.eks.eu-west-1.amazonaws.com/id/ABCD:sub" = "system:serviceaccount:shop:orders" } }',
      ),
    },
  },
  {
    id: "aws-iam-role-trusts-any-project",
    severity: "critical",
    category: "access",
    title: "A job of anybody's project may take the role",
    resourceTypes: ["aws_iam_role"],
    failsWhen: statement("assume_role_policy", anySubject(sharedProvider)),
    why: "Everybody with an account at the build service can get a token that takes the role.",
    fix: "Add a condition on the provider's :sub that names the organization and project.",
    controls: [],
    examples: {
      bad: gitlabTrust('{ StringEquals = { "gitlab.com:aud" = "https://gitlab.com" } }'),
      good: gitlabTrust('{ StringLike = { "gitlab.com:sub" = "project_path:acme/shop:ref_type:branch:ref:main" } }'),
    },
  },
  {
    id: "aws-iam-role-trusts-any-identity-pool",
    severity: "high",
    category: "access",
    title: "Users of any Cognito identity pool may take the role",
    resourceTypes: ["aws_iam_role"],
    failsWhen: statement(
      "assume_role_policy",
      (one) =>
        allows(one) &&
        one.principals.federated.includes("cognito-identity.amazonaws.com") &&
        !one.conditions.some(({ key }) => key === "cognito-identity.amazonaws.com:aud"),
    ),
    why: "Anybody can make an identity pool in an account of their own and take the role with it.",
    fix: 'Add a condition StringEquals on "cognito-identity.amazonaws.com:aud" with the id of the pool.',
    controls: [],
    examples: {
      bad: poolTrust('{ StringLike = { "cognito-identity.amazonaws.com:amr" = "authenticated" } }'),
      good: poolTrust('{ StringEquals = { "cognito-identity.amazonaws.com:aud" = "eu-west-1:0abc" } }'),
    },
  },
  {
    id: "aws-iam-role-saml-any-audience",
    severity: "medium",
    category: "access",
    title: "The role takes SAML answers that were made for others",
    resourceTypes: ["aws_iam_role"],
    failsWhen: statement(
      "assume_role_policy",
      (one) =>
        allows(one) &&
        covers(one.actions, "sts:AssumeRoleWithSAML") &&
        one.principals.federated.length > 0 &&
        !one.conditions.some(({ key }) => key.startsWith("saml:")),
    ),
    why: "An answer of the identity provider for another application opens the role.",
    fix: 'Add a condition StringEquals on "SAML:aud" with https://signin.aws.amazon.com/saml.',
    controls: [],
    examples: {
      bad: samlTrust("{}"),
      good: samlTrust('{ StringEquals = { "SAML:aud" = "https://signin.aws.amazon.com/saml" } }'),
    },
  },
];
