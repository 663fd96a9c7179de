import type { Rule } from "../../../rule.ts";
import { isTrue, not } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

export const awsGlobalAcceleratorRules: Rule[] = [
  {
    id: "aws-globalaccelerator-not-logged",
    severity: "low",
    category: "logging",
    title: "The accelerator's traffic is not logged",
    resourceTypes: ["aws_globalaccelerator_accelerator"],
    failsWhen: not(isTrue("attributes.flow_logs_enabled")),
    why: "After an incident nobody can tell who connected.",
    fix: "Add attributes with flow_logs_enabled = true and a bucket.",
    controls: [],
    examples: examplesOf(
      "aws_globalaccelerator_accelerator",
      'name = "shop"',
      'name = "shop"\nattributes {\n  flow_logs_enabled   = true\n  flow_logs_s3_bucket = "logs"\n  flow_logs_s3_prefix = "flow/"\n}',
    ),
  },
];
