import { readFileSync } from "node:fs";
import { ScopeCategory, scopeCategories } from "@plumbline/contract";
import { expect, test } from "vitest";
import { providerTables } from "../schemas/providers.ts";
import { awsPrefixes } from "./aws.ts";
import { categoryOf } from "./category-of.ts";
import { indexPrefixes } from "./prefixes.ts";
import { codifiedScope } from "./scope.ts";

function typesOf(provider: string): string[] {
  const table = JSON.parse(readFileSync(new URL(`../schemas/${provider}.json`, import.meta.url), "utf8")) as {
    resources: object;
  };
  return Object.keys(table.resources);
}

test.each(providerTables.map(({ name }) => name))("every type of %s that rules name has a category", (provider) => {
  const types = typesOf(provider);
  expect(types.length).toBeGreaterThan(5);
  expect(types.filter((type) => categoryOf(type) === undefined)).toEqual([]);
});

test.each([
  ["aws_organizations_account", "accounts"],
  ["aws_budgets_budget", "accounts"],
  ["aws_vpc", "network"],
  ["aws_security_group_rule", "network"],
  ["aws_lb_listener", "network"],
  ["aws_route53_record", "network"],
  ["aws_route53_health_check", "monitoring"],
  ["aws_route53_resolver_firewall_config", "security"],
  ["aws_iam_role", "identity"],
  ["aws_instance", "compute"],
  ["aws_eks_cluster", "compute"],
  ["aws_ecr_repository", "compute"],
  ["aws_ecr_lifecycle_policy", "backup"],
  ["aws_db_instance", "data"],
  ["aws_db_snapshot", "backup"],
  ["aws_s3_bucket", "data"],
  ["aws_s3_bucket_versioning", "backup"],
  ["aws_s3_account_public_access_block", "security"],
  ["aws_kms_key", "security"],
  ["aws_guardduty_detector", "security"],
  ["aws_cloudwatch_metric_alarm", "monitoring"],
  ["aws_cloudtrail", "monitoring"],
  ["aws_flow_log", "monitoring"],
  ["aws_backup_plan", "backup"],
  ["azurerm_resource_group", "accounts"],
  ["azurerm_virtual_network", "network"],
  ["azurerm_role_assignment", "identity"],
  ["azurerm_linux_virtual_machine", "compute"],
  ["azurerm_storage_account", "data"],
  ["azurerm_storage_management_policy", "backup"],
  ["azurerm_key_vault", "security"],
  ["azurerm_network_security_group", "security"],
  ["azurerm_monitor_metric_alert", "monitoring"],
  ["azurerm_recovery_services_vault", "backup"],
  ["azuread_user", "identity"],
  ["google_project", "accounts"],
  ["google_compute_network", "network"],
  ["google_compute_instance", "compute"],
  ["google_compute_disk", "data"],
  ["google_storage_bucket", "data"],
  ["google_storage_bucket_iam_member", "identity"],
  ["google_kms_crypto_key", "security"],
  ["google_logging_project_sink", "monitoring"],
  ["google_compute_snapshot", "backup"],
  ["kubernetes_namespace_v1", "accounts"],
  ["kubernetes_service_v1", "network"],
  ["kubernetes_service_account", "identity"],
  ["kubernetes_deployment_v1", "compute"],
  ["kubernetes_persistent_volume_claim", "data"],
  ["kubernetes_secret", "security"],
  ["lab_network", "network"],
  ["lab_database", "data"],
  ["lab_firewall", "security"],
])("%s belongs to %s", (type, category) => {
  expect(categoryOf(type)).toBe(category);
});

test.each(["random_id", "null_resource", "awsx_thing", "aws_dbx_thing", "aws", "nonsense"])(
  "%s belongs to none",
  (type) => {
    expect(categoryOf(type)).toBeUndefined();
  },
);

test("a beginning that stands for two categories is refused", () => {
  expect(() => indexPrefixes({ data: ["a"], backup: ["a"] })).toThrow("“a” stands for data and for backup");
  expect(indexPrefixes(awsPrefixes).size).toBeGreaterThan(200);
});

test("what states hold is counted by category and type, and workspaces are named", () => {
  const { categories, others } = codifiedScope([
    { name: "network/prod", types: { aws_vpc: 1, aws_subnet: 3, random_id: 1 } },
    { name: "shop/prod", types: { aws_subnet: 1, aws_db_instance: 2 } },
  ]);
  expect(categories.map(({ category }) => category)).toEqual(ScopeCategory.options);
  expect(Object.keys(scopeCategories)).toEqual(ScopeCategory.options);
  expect(categories.filter(({ resources }) => resources > 0)).toEqual([
    {
      category: "network",
      resources: 5,
      types: [
        { type: "aws_subnet", count: 4 },
        { type: "aws_vpc", count: 1 },
      ],
      workspaces: ["network/prod", "shop/prod"],
    },
    { category: "data", resources: 2, types: [{ type: "aws_db_instance", count: 2 }], workspaces: ["shop/prod"] },
  ]);
  expect(others).toEqual([{ type: "random_id", count: 1 }]);
});
