import type { Rule } from "../../../rule.ts";
import { any, equals, some } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

const openPrincipal = "IAM_ALLOWED_PRINCIPALS";

export const awsLakeFormationRules: Rule[] = [
  {
    id: "aws-lakeformation-open-to-iam",
    severity: "medium",
    category: "access",
    title: "The data lake's permissions are given to everybody who passes IAM",
    resourceTypes: ["aws_lakeformation_permissions"],
    failsWhen: equals("principal", openPrincipal),
    why: "Whoever may read the bucket or ask Athena reads the tables, whatever the lake's permissions say.",
    fix: "Name the roles that need it as principals.",
    controls: [],
    examples: examplesOf(
      "aws_lakeformation_permissions",
      `principal = "${openPrincipal}"\npermissions = ["ALL"]\ndatabase {\n  name = "sales"\n}`,
      'principal = "arn:aws:iam::111122223333:role/reports"\npermissions = ["DESCRIBE"]\ndatabase {\n  name = "sales"\n}',
      "sales",
    ),
  },
  {
    id: "aws-lakeformation-new-tables-open",
    severity: "medium",
    category: "access",
    title: "New databases and tables of the lake are open to everybody who passes IAM",
    resourceTypes: ["aws_lakeformation_data_lake_settings"],
    failsWhen: any(
      some("create_database_default_permissions", equals("principal", openPrincipal)),
      some("create_table_default_permissions", equals("principal", openPrincipal)),
    ),
    why: "Nobody thinks of taking it back, so the lake's permissions never count.",
    fix: "Leave the blocks with IAM_ALLOWED_PRINCIPALS out.",
    controls: [],
    examples: examplesOf(
      "aws_lakeformation_data_lake_settings",
      `admins = ["arn:aws:iam::111122223333:role/lake"]\ncreate_table_default_permissions {\n  principal   = "${openPrincipal}"\n  permissions = ["ALL"]\n}`,
      'admins = ["arn:aws:iam::111122223333:role/lake"]',
      "lake",
    ),
  },
];
