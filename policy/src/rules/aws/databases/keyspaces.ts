import type { Rule } from "../../../rule.ts";
import { equals, not } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

export const awsKeyspacesRules: Rule[] = [
  {
    id: "aws-keyspaces-no-recovery",
    severity: "medium",
    category: "recovery",
    title: "The table cannot be brought back to a point in time",
    resourceTypes: ["aws_keyspaces_table"],
    failsWhen: not(equals("point_in_time_recovery.status", "ENABLED")),
    why: "What is overwritten or deleted, by mistake or by an attacker, is gone.",
    fix: 'Set point_in_time_recovery { status = "ENABLED" }.',
    controls: [],
    examples: examplesOf(
      "aws_keyspaces_table",
      'keyspace_name = "shop"\ntable_name = "orders"',
      'keyspace_name = "shop"\ntable_name = "orders"\npoint_in_time_recovery {\n  status = "ENABLED"\n}',
    ),
  },
];
