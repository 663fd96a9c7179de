import type { Rule } from "../../../rule.ts";
import { all, any, anything, equals, isTrue, matches, not, oneOf, some } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

const artifacts = (more: string) => `resource "aws_codebuild_project" "shop" {
  name = "shop"
  artifacts {
    type                = "S3"
    encryption_disabled = ${more}
  }
}`;

const project = (more: string) => `name = "orders"
service_role = "arn:aws:iam::111122223333:role/build"
artifacts {
  type = "NO_ARTIFACTS"
}
source {
  type = "CODEPIPELINE"
}
${more}`;

const environment = (inside: string) => `environment {
  compute_type = "BUILD_GENERAL1_SMALL"
  image        = "aws/codebuild/standard:7.0"
  type         = "LINUX_CONTAINER"
${inside}}`;

const variable = (type: string) =>
  environment(`  environment_variable {
    name  = "DATABASE_PASSWORD"
    type  = "${type}"
    value = "/orders/database"
  }
`);

const filter = (type: string, pattern: string) => `  filter {
    type    = "${type}"
    pattern = "${pattern}"
  }
`;

export const awsCodebuildRules: Rule[] = [
  {
    id: "aws-codebuild-artifacts-not-encrypted",
    severity: "medium",
    category: "encryption",
    title: "What the build makes is not encrypted",
    resourceTypes: ["aws_codebuild_project"],
    failsWhen: any(
      isTrue("artifacts.encryption_disabled"),
      some("secondary_artifacts", isTrue("encryption_disabled"), ["artifact_identifier"]),
    ),
    why: "Programs and the settings packed with them lie in clear.",
    fix: "Remove encryption_disabled = true.",
    controls: [],
    examples: { bad: artifacts("true"), good: artifacts("false") },
  },
  {
    id: "aws-codebuild-secret-in-clear",
    severity: "medium",
    category: "access",
    title: "A build gets a secret as plain text",
    resourceTypes: ["aws_codebuild_project"],
    failsWhen: some(
      "environment.environment_variable",
      all(
        matches("name", /(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY)(?:_\w+)?$/i),
        not(matches("name", /(?:_ARN|_NAME|_ID|_PATH|_URL|_FILE)$/i)),
        not(oneOf("type", ["SECRETS_MANAGER", "PARAMETER_STORE"])),
      ),
      ["name"],
    ),
    why: "Everybody who may look at the project, a build or the state reads it.",
    fix: 'Put it into Secrets Manager and set type = "SECRETS_MANAGER".',
    controls: [],
    examples: examplesOf("aws_codebuild_project", project(variable("PLAINTEXT")), project(variable("PARAMETER_STORE"))),
  },
  {
    id: "aws-codebuild-privileged",
    severity: "low",
    category: "access",
    title: "Builds run privileged",
    resourceTypes: ["aws_codebuild_project"],
    failsWhen: isTrue("environment.privileged_mode"),
    why: "Code under test can take over the machine it is built on; only building images needs it.",
    fix: "Remove privileged_mode = true where no image is built.",
    controls: [],
    repair: "none",
    examples: examplesOf(
      "aws_codebuild_project",
      project(environment("  privileged_mode = true\n")),
      project(environment("")),
    ),
  },
  {
    id: "aws-codebuild-not-logged",
    severity: "medium",
    category: "logging",
    title: "Builds are not logged",
    resourceTypes: ["aws_codebuild_project"],
    failsWhen: all(
      equals("logs_config.cloudwatch_logs.status", "DISABLED"),
      not(equals("logs_config.s3_logs.status", "ENABLED")),
    ),
    why: "After an incident nobody can tell what was built and from what.",
    fix: "Remove the setting; logs go to CloudWatch by default.",
    controls: [],
    examples: examplesOf(
      "aws_codebuild_project",
      project('logs_config {\n  cloudwatch_logs {\n    status = "DISABLED"\n  }\n}'),
      project('logs_config {\n  cloudwatch_logs {\n    status = "ENABLED"\n  }\n}'),
    ),
  },
  {
    id: "aws-codebuild-results-public",
    severity: "high",
    category: "exposure",
    title: "Everybody can read the builds' logs and artifacts",
    resourceTypes: ["aws_codebuild_project"],
    failsWhen: equals("project_visibility", "PUBLIC_READ"),
    why: "What a build prints, secrets by mistake too, is published.",
    fix: 'Remove project_visibility = "PUBLIC_READ".',
    controls: [],
    examples: examplesOf(
      "aws_codebuild_project",
      project('project_visibility = "PUBLIC_READ"'),
      project('project_visibility = "PRIVATE"'),
    ),
  },
  {
    id: "aws-codebuild-source-unchecked",
    severity: "medium",
    category: "encryption",
    title: "The build does not check whom it fetches its sources from",
    resourceTypes: ["aws_codebuild_project"],
    failsWhen: isTrue("source.insecure_ssl"),
    why: "Whoever gets between the two puts code of their own into the build.",
    fix: "Remove insecure_ssl = true and give the server a certificate of a known authority.",
    controls: [],
    examples: examplesOf(
      "aws_codebuild_project",
      'name = "orders"\nservice_role = "arn:aws:iam::111122223333:role/build"\nsource {\n  type         = "GITHUB_ENTERPRISE"\n  location     = "https://git.example.org/shop/orders.git"\n  insecure_ssl = true\n}',
      'name = "orders"\nservice_role = "arn:aws:iam::111122223333:role/build"\nsource {\n  type     = "GITHUB_ENTERPRISE"\n  location = "https://git.example.org/shop/orders.git"\n}',
    ),
  },
  {
    id: "aws-codebuild-anybodys-pull-request",
    severity: "medium",
    category: "access",
    title: "A pull request of anybody starts a build",
    resourceTypes: ["aws_codebuild_webhook"],
    failsWhen: any(
      not(some("filter_group", anything)),
      some(
        "filter_group",
        all(
          some("filter", all(matches("pattern", /PULL_REQUEST_(?:CREATED|UPDATED|REOPENED)/), equals("type", "EVENT"))),
          not(some("filter", oneOf("type", ["ACTOR_ACCOUNT_ID"]))),
        ),
      ),
    ),
    why: "Code of strangers runs with the build's role; in a public repository anybody can send it.",
    fix: "Add a filter ACTOR_ACCOUNT_ID to groups with pull requests, or build pushes to your own branches only.",
    controls: [],
    examples: examplesOf(
      "aws_codebuild_webhook",
      `project_name = "orders"\nfilter_group {\n${filter("EVENT", "PULL_REQUEST_CREATED,PULL_REQUEST_UPDATED")}}`,
      `project_name = "orders"\nfilter_group {\n${filter("EVENT", "PULL_REQUEST_CREATED,PULL_REQUEST_UPDATED")}${filter("ACTOR_ACCOUNT_ID", "^12345678$")}}`,
    ),
  },
];
