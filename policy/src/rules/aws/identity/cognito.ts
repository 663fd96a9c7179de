import type { Rule } from "../../../rule.ts";
import { equals, isTrue, matches, not } from "../../../vocabulary/condition.ts";
import { anyMatches } from "../../../vocabulary/list.ts";
import { below } from "../../../vocabulary/number.ts";
import { examplesOf } from "../example.ts";

const users = (length: number) => `resource "aws_cognito_user_pool" "shop" {
  name = "shop"
  password_policy {
    minimum_length = ${length}
  }
}`;

const pool = (more: string) => `name = "customers"
password_policy {
  minimum_length = 14
}
${more}`;

const client = (more: string) => `name = "shop"
user_pool_id = "eu-west-1_abc"
prevent_user_existence_errors = "ENABLED"
${more}`;

export const awsCognitoRules: Rule[] = [
  {
    id: "aws-cognito-short-passwords",
    severity: "medium",
    category: "access",
    title: "Users' passwords may be shorter than 8 characters",
    resourceTypes: ["aws_cognito_user_pool"],
    failsWhen: below("password_policy.minimum_length", 8),
    why: "Short passwords are guessed.",
    fix: "Set minimum_length to 12 or more.",
    controls: [],
    examples: { bad: users(6), good: users(12) },
  },
  {
    id: "aws-cognito-guests",
    severity: "medium",
    category: "access",
    title: "Anybody gets AWS credentials without signing in",
    resourceTypes: ["aws_cognito_identity_pool"],
    failsWhen: isTrue("allow_unauthenticated_identities"),
    why: "Whatever the guests' role allows is open to the internet.",
    fix: "Set allow_unauthenticated_identities = false.",
    controls: [],
    examples: {
      bad: `resource "aws_cognito_identity_pool" "shop" {
  identity_pool_name               = "shop"
  allow_unauthenticated_identities = true
}`,
      good: `resource "aws_cognito_identity_pool" "shop" {
  identity_pool_name               = "shop"
  allow_unauthenticated_identities = false
}`,
    },
  },
  {
    id: "aws-cognito-second-factor-off",
    severity: "medium",
    category: "access",
    title: "Users cannot log in with a second factor",
    resourceTypes: ["aws_cognito_user_pool"],
    failsWhen: not(matches("mfa_configuration", /^(?:ON|OPTIONAL)$/)),
    why: "A password that leaked elsewhere is enough to be somebody else.",
    fix: 'Set mfa_configuration = "ON" or "OPTIONAL", with software_token_mfa_configuration.',
    controls: [],
    examples: examplesOf(
      "aws_cognito_user_pool",
      pool('mfa_configuration = "OFF"\ndeletion_protection = "ACTIVE"'),
      pool(
        'mfa_configuration = "OPTIONAL"\ndeletion_protection = "ACTIVE"\nsoftware_token_mfa_configuration {\n  enabled = true\n}',
      ),
    ),
  },
  {
    id: "aws-cognito-pool-deletable",
    severity: "low",
    category: "recovery",
    title: "All users can be deleted by one call",
    resourceTypes: ["aws_cognito_user_pool"],
    failsWhen: not(equals("deletion_protection", "ACTIVE")),
    why: "A pool cannot be brought back, and its users' passwords are in no backup.",
    fix: 'Set deletion_protection = "ACTIVE".',
    controls: [],
    examples: examplesOf(
      "aws_cognito_user_pool",
      pool('mfa_configuration = "OPTIONAL"'),
      pool('mfa_configuration = "OPTIONAL"\ndeletion_protection = "ACTIVE"'),
    ),
  },
  {
    id: "aws-cognito-client-implicit",
    severity: "medium",
    category: "access",
    title: "Tokens are handed out in addresses",
    resourceTypes: ["aws_cognito_user_pool_client"],
    failsWhen: anyMatches("allowed_oauth_flows", /^implicit$/),
    why: "They stand in the browser's history, in logs and in what is sent to other sites.",
    fix: 'Use allowed_oauth_flows = ["code"] with PKCE.',
    controls: [],
    examples: examplesOf(
      "aws_cognito_user_pool_client",
      client('allowed_oauth_flows = ["implicit"]'),
      client('allowed_oauth_flows = ["code"]'),
    ),
  },
  {
    id: "aws-cognito-client-plain-callback",
    severity: "medium",
    category: "encryption",
    title: "Codes and tokens are sent to an address without TLS",
    resourceTypes: ["aws_cognito_user_pool_client"],
    failsWhen: anyMatches("callback_urls", /^http:\/\/(?!localhost\b|127\.0\.0\.1\b)/i),
    why: "Whoever can listen on the way logs in as the user.",
    fix: "Use https addresses.",
    controls: [],
    examples: examplesOf(
      "aws_cognito_user_pool_client",
      client('callback_urls = ["http://shop.example.org/back"]'),
      client('callback_urls = ["https://shop.example.org/back", "http://localhost:3000/back"]'),
    ),
  },
  {
    id: "aws-cognito-client-tells-users",
    severity: "low",
    category: "exposure",
    title: "Anybody can find out who has an account",
    resourceTypes: ["aws_cognito_user_pool_client"],
    failsWhen: not(equals("prevent_user_existence_errors", "ENABLED")),
    why: "Wrong logins are answered differently for names that exist, which is where guessing begins.",
    fix: 'Set prevent_user_existence_errors = "ENABLED".',
    controls: [],
    examples: examplesOf(
      "aws_cognito_user_pool_client",
      'name = "shop"\nuser_pool_id = "eu-west-1_abc"',
      'name = "shop"\nuser_pool_id = "eu-west-1_abc"\nprevent_user_existence_errors = "ENABLED"',
    ),
  },
];
