import type { Rule } from "../../../rule.ts";
import { not, oneOf } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

export const awsMailRules: Rule[] = [
  {
    id: "aws-ses-plain-text",
    severity: "low",
    category: "encryption",
    title: "Mail is sent without TLS where the receiver offers none",
    resourceTypes: ["aws_ses_configuration_set", "aws_sesv2_configuration_set"],
    failsWhen: not(oneOf("delivery_options.tls_policy", ["Require", "REQUIRE"])),
    why: "Whoever sits on the way can suppress the offer and read the mail.",
    fix: "Set delivery_options with a tls_policy that requires TLS.",
    controls: [],
    examples: examplesOf(
      "aws_ses_configuration_set",
      'name = "bills"',
      'name = "bills"\ndelivery_options {\n  tls_policy = "Require"\n}',
      "bills",
    ),
  },
];
