import type { Rule } from "../../../rule.ts";
import { isTrue } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

export const awsMainframeRules: Rule[] = [
  {
    id: "aws-m2-public",
    severity: "critical",
    category: "exposure",
    title: "The mainframe environment can be reached from the internet",
    resourceTypes: ["aws_m2_environment"],
    failsWhen: isTrue("publicly_accessible"),
    why: "Programs that were written for a closed network are attacked from everywhere.",
    fix: "Set publicly_accessible = false; it needs a new environment.",
    controls: [],
    examples: examplesOf(
      "aws_m2_environment",
      'name = "ledger"\nengine_type = "microfocus"\ninstance_type = "M2.m5.large"\npublicly_accessible = true',
      'name = "ledger"\nengine_type = "microfocus"\ninstance_type = "M2.m5.large"\npublicly_accessible = false',
      "ledger",
    ),
  },
];
