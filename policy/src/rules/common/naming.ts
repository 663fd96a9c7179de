import type { Rule } from "../../rule.ts";
import { judge } from "../../vocabulary/condition.ts";
import type { JudgeContext, Match } from "../../vocabulary/condition.ts";

/** Attributes that hold a resource's own name where it is not called `name`. */
const nameAttributes: Readonly<Record<string, string>> = {
  aws_s3_bucket: "bucket",
  aws_db_instance: "identifier",
  aws_rds_cluster: "cluster_identifier",
  aws_rds_cluster_instance: "identifier",
  aws_lambda_function: "function_name",
};

/** Longer than any provider takes, and short enough for what a pattern can cost. */
const longestName = 300;

export const namingRule: Rule = {
  id: "resource-naming",
  severity: "low",
  category: "naming",
  title: "The name does not follow the pattern",
  resourceTypes: ["*"],
  needs: ["naming"],
  failsWhen: judge(wrongName),
  why: "Names that follow one pattern can be found, filtered and read by people and by permissions.",
  fix: "Rename it to match the pattern in policies/plumbline-policy.yaml.",
  controls: [],
  examples: {
    parameters: { naming: { lab_bucket: "[a-z][a-z0-9-]+" } },
    bad: `resource "lab_bucket" "invoices" {
  name      = "Invoices_2"
  encrypted = true
}`,
    good: `resource "lab_bucket" "invoices" {
  name      = "invoices-2"
  encrypted = true
}`,
  },
};

function wrongName({ resource, parameters, read }: JudgeContext): Match[] {
  const naming = parameters.naming ?? {};
  const pattern = Object.hasOwn(naming, resource.type) ? naming[resource.type] : naming["*"];
  if (pattern === undefined) return [];
  const attribute = nameAttributes[resource.type] ?? "name";
  const value = read(attribute);
  if (!value.known) return [{ outcome: "unknown", attribute }];
  // Without a name the provider makes one up.
  if (typeof value.value !== "string" || value.value === "") return [];
  if (value.value.length <= longestName && new RegExp(`^(?:${pattern})$`, "u").test(value.value)) return [];
  return [
    {
      outcome: "true",
      attribute,
      title: `The name ${JSON.stringify(value.value)} does not follow the pattern ${pattern}`,
    },
  ];
}
