import type { Rule } from "../../rule.ts";
import { all, any, equals, isTrue, lacks, not, oneOf, present } from "../../vocabulary/condition.ts";
import { ownKeyRule } from "./families.ts";
import { resourceOf } from "./resource-example.ts";

const cluster = "azurerm_kubernetes_cluster";
const pool = "azurerm_kubernetes_cluster_node_pool";

function privateCluster(...lines: readonly string[]): string {
  return resourceOf(cluster, "private_cluster_enabled = true", ...lines);
}

export const azureKubernetesKeepingRules: Rule[] = [
  {
    id: "azure-kubernetes-policy-off",
    severity: "low",
    category: "hygiene",
    title: "Azure Policy does not look into the cluster",
    resourceTypes: [cluster],
    failsWhen: not(any(isTrue("azure_policy_enabled"), isTrue("addon_profile.azure_policy.enabled"))),
    why: "Containers that run as root or privileged are neither noticed nor refused.",
    fix: "Set azure_policy_enabled = true.",
    controls: [],
    examples: { bad: privateCluster(), good: privateCluster("azure_policy_enabled = true") },
  },
  ownKeyRule({
    id: "azure-kubernetes-no-own-key",
    noun: "cluster's disks",
    types: [cluster],
    own: present("disk_encryption_set_id"),
    attribute: "disk_encryption_set_id",
    set: 'disk_encryption_set_id = "orders"',
    body: "private_cluster_enabled = true",
  }),
  {
    id: "azure-kubernetes-host-not-encrypted",
    severity: "low",
    category: "encryption",
    title: "Temporary disks and caches of the cluster's machines are not encrypted",
    resourceTypes: [pool],
    failsWhen: not(any(isTrue("host_encryption_enabled"), isTrue("enable_host_encryption"))),
    why: "What containers write beside their volumes lies in clear on the host.",
    fix: "Set host_encryption_enabled = true (enable_host_encryption before version 4).",
    controls: [],
    repair: "none",
    examples: {
      bad: resourceOf(pool, 'name = "orders"'),
      good: resourceOf(pool, 'name = "orders"', "host_encryption_enabled = true"),
    },
  },
  {
    id: "azure-kubernetes-no-upgrades",
    severity: "low",
    category: "hygiene",
    title: "The cluster gets no new versions by itself",
    resourceTypes: [cluster],
    failsWhen: not(
      any(
        all(present("automatic_upgrade_channel"), not(oneOf("automatic_upgrade_channel", ["none"]))),
        all(present("automatic_channel_upgrade"), not(oneOf("automatic_channel_upgrade", ["none"]))),
      ),
    ),
    why: "Known faults stay open until somebody thinks of it.",
    fix: 'Set automatic_upgrade_channel = "patch" (automatic_channel_upgrade before version 4).',
    controls: [],
    repair: "none",
    examples: { bad: privateCluster(), good: privateCluster('automatic_upgrade_channel = "patch"') },
  },
  {
    id: "azure-kubernetes-nodes-not-mended",
    severity: "medium",
    category: "hygiene",
    title: "The cluster's machines get no mends of their system",
    resourceTypes: [cluster],
    failsWhen: any(oneOf("node_os_upgrade_channel", ["None"]), oneOf("node_os_channel_upgrade", ["None"])),
    why: "Known faults of the kernel let a container out onto the machine.",
    fix: 'Set node_os_upgrade_channel = "NodeImage" or "SecurityPatch".',
    controls: [],
    examples: {
      bad: privateCluster('node_os_upgrade_channel = "None"'),
      good: privateCluster('node_os_upgrade_channel = "NodeImage"'),
    },
  },
  {
    id: "azure-kubernetes-logs-off",
    severity: "medium",
    category: "logging",
    title: "Nobody records what is done in the cluster",
    resourceTypes: [cluster],
    failsWhen: all(
      not(present("oms_agent")),
      not(present("microsoft_defender")),
      not(isTrue("addon_profile.oms_agent.enabled")),
      lacks("azurerm_monitor_diagnostic_setting", { from: "target_resource_id", to: ["id"] }),
    ),
    why: "After a break-in nobody can tell what was done.",
    fix: "Add an oms_agent block, or an azurerm_monitor_diagnostic_setting for the cluster.",
    controls: [],
    examples: {
      bad: privateCluster(),
      good: privateCluster('oms_agent {\n  log_analytics_workspace_id = "orders"\n}'),
    },
  },
  {
    id: "azure-kubernetes-defender-off",
    severity: "low",
    category: "logging",
    title: "Nothing watches the cluster's containers for attacks",
    resourceTypes: [cluster],
    failsWhen: not(present("microsoft_defender")),
    why: "Known patterns of attack are not noticed.",
    fix: "Add a microsoft_defender block.",
    controls: [],
    examples: {
      bad: privateCluster('oms_agent {\n  log_analytics_workspace_id = "orders"\n}'),
      good: privateCluster(
        'oms_agent {\n  log_analytics_workspace_id = "orders"\n}',
        'microsoft_defender {\n  log_analytics_workspace_id = "orders"\n}',
      ),
    },
  },
  {
    id: "azure-kubernetes-secrets-not-rotated",
    severity: "low",
    category: "encryption",
    title: "Secrets of the key vault are read once and never again",
    resourceTypes: [cluster],
    failsWhen: all(
      not(isTrue("key_vault_secrets_provider.secret_rotation_enabled")),
      present("key_vault_secrets_provider"),
    ),
    why: "A secret that was changed because it leaked goes on being used.",
    fix: "Set secret_rotation_enabled = true in key_vault_secrets_provider.",
    controls: [],
    examples: {
      bad: privateCluster("key_vault_secrets_provider {\n  secret_rotation_enabled = false\n}"),
      good: privateCluster("key_vault_secrets_provider {\n  secret_rotation_enabled = true\n}"),
    },
  },
  {
    id: "azure-kubernetes-command-run",
    severity: "low",
    category: "exposure",
    title: "Commands can be run in the cluster through Azure's API",
    resourceTypes: [cluster],
    failsWhen: not(equals("run_command_enabled", false)),
    why: "It goes around the private endpoint and the list of networks.",
    fix: "Set run_command_enabled = false.",
    controls: [],
    examples: { bad: privateCluster(), good: privateCluster("run_command_enabled = false") },
  },
  {
    id: "azure-kubernetes-own-password",
    severity: "low",
    category: "identity",
    title: "The cluster works with a password instead of a managed identity",
    resourceTypes: [cluster],
    failsWhen: present("service_principal"),
    why: "The password lies in the state, expires, and can be used from elsewhere.",
    fix: "Use an identity block instead of service_principal.",
    controls: [],
    examples: {
      bad: privateCluster(
        'service_principal {\n  client_id     = "00000000-0000-0000-0000-000000000001"\n  client_secret = "from-a-vault"\n}',
      ),
      good: privateCluster('identity {\n  type = "SystemAssigned"\n}'),
    },
  },
];
