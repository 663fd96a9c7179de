import type { Rule } from "../../rule.ts";
import { all, any, equals, isTrue, matches, not, oneOf, some } from "../../vocabulary/condition.ts";
import type { Condition } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";
import { below } from "../../vocabulary/number.ts";
import { publicNetworkRule } from "./families.ts";
import { resourceOf } from "./resource-example.ts";

const diagnostics = "azurerm_monitor_diagnostic_setting";
const workspace = "azurerm_log_analytics_workspace";
const insights = "azurerm_application_insights";
const profile = "azurerm_monitor_log_profile";

/** What a subscription has to record. */
const categories = ["Administrative", "Security", "Alert", "Policy"];

/** The setting records the category, by itself or in a group; `log` is the block of older providers. */
function records(category: string): Condition {
  return any(
    some("enabled_log", any(equals("category", category), oneOf("category_group", ["allLogs", "audit"]))),
    some("log", all(equals("category", category), not(equals("enabled", false)))),
  );
}

export const azureMonitoringRules: Rule[] = [
  {
    id: "azure-activity-log-partial",
    severity: "medium",
    category: "logging",
    title: "The subscription's log leaves out what is needed after an attack",
    resourceTypes: [diagnostics],
    failsWhen: all(not(all(...categories.map(records))), matches("target_resource_id", /^\/subscriptions\/[^/]+\/?$/i)),
    why: "Who changed rights, rules or security settings cannot be told.",
    fix: `Add enabled_log blocks for ${categories.join(", ")}.`,
    controls: ["CIS Azure 5.0 6.1.1.2"],
    examples: { bad: recording(["Administrative"]), good: recording(categories) },
  },
  {
    id: "azure-log-profile-short",
    severity: "low",
    category: "logging",
    title: "The activity log is kept for less than a year",
    resourceTypes: [profile],
    // Zero days keep it for ever.
    failsWhen: any(
      all(below("retention_policy.days", 365), not(equals("retention_policy.days", 0))),
      equals("retention_policy.enabled", false),
    ),
    why: "Break-ins are noticed after months; by then the log is gone.",
    fix: "Set days = 365 or more in retention_policy, or use a diagnostic setting instead of the old profile.",
    controls: [],
    examples: {
      bad: profileOf(30, '["Action", "Delete", "Write"]'),
      good: profileOf(365, '["Action", "Delete", "Write"]'),
    },
  },
  {
    id: "azure-log-profile-partial",
    severity: "medium",
    category: "logging",
    title: "The activity log leaves out a kind of change",
    resourceTypes: [profile],
    failsWhen: not(
      all(...["Action", "Delete", "Write"].map((kind) => anyMatches("categories", new RegExp(`^${kind}$`, "i")))),
    ),
    why: "Some changes of the subscription cannot be followed.",
    fix: 'Set categories = ["Action", "Delete", "Write"].',
    controls: [],
    examples: { bad: profileOf(365, '["Action"]'), good: profileOf(365, '["Action", "Delete", "Write"]') },
  },
  {
    id: "azure-alert-off",
    severity: "low",
    category: "logging",
    title: "The alert is switched off",
    resourceTypes: ["azurerm_monitor_activity_log_alert", "azurerm_monitor_metric_alert"],
    failsWhen: equals("enabled", false),
    why: "Nobody is told.",
    fix: "Remove enabled = false.",
    controls: [],
    examples: {
      bad: resourceOf("azurerm_monitor_activity_log_alert", "enabled = false"),
      good: resourceOf("azurerm_monitor_activity_log_alert", "enabled = true"),
    },
  },
  {
    id: "azure-log-workspace-short",
    severity: "low",
    category: "logging",
    title: "Logs are kept for less than 90 days",
    resourceTypes: [workspace],
    // Azure keeps them for 30 days where nothing is said.
    failsWhen: below("retention_in_days", 90, 30),
    why: "Break-ins are noticed after months; by then the log is gone.",
    fix: "Set retention_in_days = 90 or more.",
    controls: [],
    examples: {
      bad: resourceOf(workspace, "retention_in_days = 30"),
      good: resourceOf(workspace, "retention_in_days = 90"),
    },
  },
  publicNetworkRule({
    id: "azure-log-workspace-public-queries",
    noun: "log workspace",
    types: [workspace],
    closed: equals("internet_query_enabled", false),
    set: "internet_query_enabled = false",
    severity: "low",
    body: "retention_in_days = 90",
  }),
  {
    id: "azure-insights-addresses-kept",
    severity: "low",
    category: "logging",
    title: "Application Insights keeps the addresses of visitors",
    resourceTypes: [insights],
    failsWhen: isTrue("disable_ip_masking"),
    why: "They are personal data, and have to be guarded and deleted as such.",
    fix: "Remove disable_ip_masking.",
    controls: [],
    examples: {
      bad: resourceOf(insights, 'application_type = "web"', "disable_ip_masking = true"),
      good: resourceOf(insights, 'application_type = "web"', "disable_ip_masking = false"),
    },
  },
];

function recording(names: readonly string[]): string {
  const logs = names.map((name) => `enabled_log {\n  category = "${name}"\n}`);
  return resourceOf(diagnostics, 'target_resource_id = "/subscriptions/00000000-0000-0000-0000-000000000001"', ...logs);
}

function profileOf(days: number, kinds: string): string {
  return resourceOf(profile, `categories = ${kinds}`, `retention_policy {\n  enabled = true\n  days    = ${days}\n}`);
}
