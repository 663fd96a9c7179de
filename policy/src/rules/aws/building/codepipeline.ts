import type { Rule } from "../../../rule.ts";
import { all, equals, some } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

const webhook = (authentication: string) => `name = "orders"
authentication = "${authentication}"
target_action = "Source"
target_pipeline = "orders"`;

export const awsCodepipelineRules: Rule[] = [
  {
    id: "aws-codepipeline-webhook-open",
    severity: "high",
    category: "access",
    title: "Anybody can start the pipeline",
    resourceTypes: ["aws_codepipeline_webhook"],
    failsWhen: equals("authentication", "UNAUTHENTICATED"),
    why: "Whoever knows the address deploys whenever they like, and often.",
    fix: 'Set authentication = "GITHUB_HMAC" with a secret, or use a connection (CodeStarSourceConnection).',
    controls: [],
    examples: examplesOf("aws_codepipeline_webhook", webhook("UNAUTHENTICATED"), webhook("GITHUB_HMAC")),
  },
  {
    id: "aws-codepipeline-personal-token",
    severity: "low",
    category: "access",
    title: "The pipeline fetches sources with somebody's token",
    resourceTypes: ["aws_codepipeline"],
    failsWhen: some("stage", some("action", all(equals("provider", "GitHub"), equals("owner", "ThirdParty"))), [
      "name",
    ]),
    why: "The token lies in the state, can do all its owner can, and stops working when the owner leaves.",
    fix: "Use a connection: provider CodeStarSourceConnection with an aws_codestarconnections_connection.",
    controls: [],
    examples: examplesOf(
      "aws_codepipeline",
      'name = "orders"\nstage {\n  name = "Source"\n  action {\n    name     = "Source"\n    category = "Source"\n    owner    = "ThirdParty"\n    provider = "GitHub"\n    version  = "1"\n  }\n}',
      'name = "orders"\nstage {\n  name = "Source"\n  action {\n    name     = "Source"\n    category = "Source"\n    owner    = "AWS"\n    provider = "CodeStarSourceConnection"\n    version  = "1"\n  }\n}',
    ),
  },
];
