import type { Rule } from "../../../rule.ts";
import { equals } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

export const awsQldbRules: Rule[] = [
  {
    id: "aws-qldb-permissions-off",
    severity: "medium",
    category: "access",
    title: "Whoever reaches the ledger may do everything in it",
    resourceTypes: ["aws_qldb_ledger"],
    failsWhen: equals("permissions_mode", "ALLOW_ALL"),
    why: "Rights on single tables and commands do not count.",
    fix: 'Set permissions_mode = "STANDARD".',
    controls: [],
    examples: examplesOf(
      "aws_qldb_ledger",
      'name = "orders"\npermissions_mode = "ALLOW_ALL"',
      'name = "orders"\npermissions_mode = "STANDARD"',
    ),
  },
];
