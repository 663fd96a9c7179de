import type { Rule } from "../../../rule.ts";
import { equals } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

export const awsAirflowRules: Rule[] = [
  {
    id: "aws-mwaa-public",
    severity: "medium",
    category: "exposure",
    title: "The workflow console can be reached from the internet",
    resourceTypes: ["aws_mwaa_environment"],
    failsWhen: equals("webserver_access_mode", "PUBLIC_ONLY"),
    why: "One stolen session is enough, from anywhere, to run code with the environment's role.",
    fix: 'Set webserver_access_mode = "PRIVATE_ONLY".',
    controls: [],
    repair: "none",
    examples: examplesOf(
      "aws_mwaa_environment",
      'name = "reports"\nwebserver_access_mode = "PUBLIC_ONLY"',
      'name = "reports"\nwebserver_access_mode = "PRIVATE_ONLY"',
      "reports",
    ),
  },
];
