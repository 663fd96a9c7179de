import type { Rule } from "../../rule.ts";
import { all, any, equals, isTrue, not, present, worldOpen } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";
import { resourceOf } from "./resource-example.ts";

const cluster = "azurerm_kubernetes_cluster";
const pool = "azurerm_kubernetes_cluster_node_pool";
const ranges = ["api_server_access_profile.authorized_ip_ranges", "api_server_authorized_ip_ranges"];

/** A private cluster, as other rules want it. */
function privateCluster(...lines: readonly string[]): string {
  return resourceOf(cluster, "private_cluster_enabled = true", ...lines);
}

export const azureKubernetesRules: Rule[] = [
  {
    id: "azure-kubernetes-endpoint-public",
    severity: "high",
    category: "exposure",
    title: "The cluster's API can be reached from the whole internet",
    resourceTypes: [cluster],
    failsWhen: all(
      any(not(any(...ranges.map(present))), ...ranges.map(worldOpen)),
      not(isTrue("private_cluster_enabled")),
      not(equals("public_network_access_enabled", false)),
    ),
    why: "A stolen token of the cluster works from anywhere, and so does a fault in its API.",
    fix: "Set private_cluster_enabled = true, or name the networks that need access in authorized_ip_ranges.",
    controls: [],
    examples: {
      bad: resourceOf(cluster, 'dns_prefix = "orders"'),
      good: resourceOf(
        cluster,
        'dns_prefix = "orders"',
        'api_server_access_profile {\n  authorized_ip_ranges = ["203.0.113.0/24"]\n}',
      ),
    },
  },
  {
    id: "azure-kubernetes-rbac-off",
    severity: "high",
    category: "identity",
    title: "Everybody who can reach the cluster may do everything in it",
    resourceTypes: [cluster],
    failsWhen: any(
      equals("role_based_access_control_enabled", false),
      equals("role_based_access_control.enabled", false),
    ),
    why: "Without roles each account of the cluster is an administrator's.",
    fix: "Remove the setting; a cluster that was made without roles has to be made anew.",
    controls: [],
    repair: "none",
    examples: {
      bad: privateCluster("role_based_access_control_enabled = false"),
      good: privateCluster("role_based_access_control_enabled = true"),
    },
  },
  {
    id: "azure-kubernetes-nodes-public",
    severity: "high",
    category: "exposure",
    title: "The cluster's machines have addresses on the internet",
    resourceTypes: [cluster, pool],
    failsWhen: any(
      isTrue("node_public_ip_enabled"),
      isTrue("enable_node_public_ip"),
      isTrue("default_node_pool.node_public_ip_enabled"),
      isTrue("default_node_pool.enable_node_public_ip"),
    ),
    why: "One wrong rule of a security group later anybody can attack the machines.",
    fix: "Remove node_public_ip_enabled and let traffic in through a load balancer or gateway.",
    controls: [],
    repair: "none",
    examples: {
      bad: resourceOf(pool, "node_public_ip_enabled = true"),
      good: resourceOf(pool, "node_public_ip_enabled = false"),
    },
  },
  {
    id: "azure-kubernetes-dashboard",
    severity: "high",
    category: "exposure",
    title: "The cluster has the old dashboard",
    resourceTypes: [cluster],
    failsWhen: isTrue("addon_profile.kube_dashboard.enabled"),
    why: "It ran with wide rights and was taken over often; it is no longer maintained.",
    fix: "Remove kube_dashboard.",
    controls: [],
    examples: {
      bad: privateCluster("addon_profile {\n  kube_dashboard {\n    enabled = true\n  }\n}"),
      good: privateCluster("addon_profile {\n  kube_dashboard {\n    enabled = false\n  }\n}"),
    },
  },
  {
    id: "azure-kubernetes-http-routing",
    severity: "medium",
    category: "exposure",
    title: "The cluster has the ingress for trials",
    resourceTypes: [cluster],
    failsWhen: any(
      isTrue("http_application_routing_enabled"),
      isTrue("addon_profile.http_application_routing.enabled"),
    ),
    why: "It publishes services over HTTP under a public name, is not made for production and no longer maintained.",
    fix: "Remove http_application_routing_enabled and use web_app_routing or an ingress of your own.",
    controls: [],
    repair: "none",
    examples: {
      bad: privateCluster("http_application_routing_enabled = true"),
      good: privateCluster("http_application_routing_enabled = false"),
    },
  },
  {
    id: "azure-kubernetes-local-accounts",
    severity: "medium",
    category: "identity",
    title: "The cluster has an administrator that no directory knows",
    resourceTypes: [cluster],
    failsWhen: not(isTrue("local_account_disabled")),
    why: "Its certificate is valid for years, knows no second factor and cannot be taken back.",
    fix: "Set local_account_disabled = true and connect the directory.",
    controls: [],
    repair: "none",
    examples: { bad: privateCluster(), good: privateCluster("local_account_disabled = true") },
  },
  {
    id: "azure-kubernetes-no-directory",
    severity: "medium",
    category: "identity",
    title: "The cluster does not know the directory",
    resourceTypes: [cluster],
    failsWhen: not(
      any(
        present("azure_active_directory_role_based_access_control"),
        present("role_based_access_control.azure_active_directory"),
      ),
    ),
    why: "People work with shared certificates, which stay when somebody leaves.",
    fix: "Add azure_active_directory_role_based_access_control.",
    controls: [],
    examples: {
      bad: privateCluster(),
      good: privateCluster("azure_active_directory_role_based_access_control {\n  azure_rbac_enabled = true\n}"),
    },
  },
  {
    id: "azure-kubernetes-no-network-policy",
    severity: "medium",
    category: "exposure",
    title: "Every pod of the cluster may talk to every other",
    resourceTypes: [cluster],
    failsWhen: not(
      any(
        present("network_profile.network_policy"),
        anyMatches("network_profile.network_data_plane", /^cilium$/i),
        anyMatches("network_profile.network_plugin", /^none$/i),
      ),
    ),
    why: "Who takes over one pod reaches all others; without a policy engine no rule can stop that.",
    fix: 'Set network_policy in network_profile ("cilium", "azure" or "calico").',
    controls: [],
    examples: {
      bad: privateCluster('network_profile {\n  network_plugin = "azure"\n}'),
      good: privateCluster('network_profile {\n  network_plugin = "azure"\n  network_policy = "calico"\n}'),
    },
  },
];
