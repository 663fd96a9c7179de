import type { Rule } from "../../rule.ts";
import { any, equals, isTrue, not, oneOf } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";
import { publicNetworkRule, sharedKeyRule } from "./families.ts";
import { resourceOf } from "./resource-example.ts";

const accounts = ["azurerm_cognitive_account", "azurerm_ai_services"];
const search = "azurerm_search_service";
const computes = ["azurerm_machine_learning_compute_instance", "azurerm_machine_learning_compute_cluster"];
const [instance = "", cluster = ""] = computes;

export const azureMachineLearningRules: Rule[] = [
  publicNetworkRule({
    id: "azure-cognitive-public-network",
    noun: "AI service",
    types: accounts,
    closed: any(
      equals("public_network_access_enabled", false),
      oneOf("public_network_access", ["Disabled"]),
      anyMatches("network_acls.default_action", /^deny$/i),
    ),
    set: "public_network_access_enabled = false",
  }),
  sharedKeyRule({
    id: "azure-cognitive-shared-keys",
    noun: "AI service",
    types: accounts,
    off: any(equals("local_auth_enabled", false), equals("local_authentication_enabled", false)),
    set: "local_auth_enabled = false",
  }),
  publicNetworkRule({
    id: "azure-search-public-network",
    noun: "search service",
    types: [search],
    closed: any(equals("public_network_access_enabled", false), anyMatches("allowed_ips", /./)),
    set: "public_network_access_enabled = false",
  }),
  sharedKeyRule({
    id: "azure-search-shared-keys",
    noun: "search service",
    types: [search],
    off: equals("local_authentication_enabled", false),
    set: "local_authentication_enabled = false",
  }),
  publicNetworkRule({
    id: "azure-learning-public-network",
    noun: "machine learning workspace",
    types: ["azurerm_machine_learning_workspace", "azurerm_ai_foundry"],
    closed: any(equals("public_network_access_enabled", false), oneOf("public_network_access", ["Disabled"])),
    set: "public_network_access_enabled = false",
  }),
  {
    id: "azure-learning-shell-open",
    severity: "high",
    category: "exposure",
    title: "SSH to the learning machines is open to the internet",
    resourceTypes: [cluster],
    failsWhen: isTrue("ssh_public_access_enabled"),
    why: "Whoever gets in reads the data and the identity of the jobs.",
    fix: "Remove ssh_public_access_enabled.",
    controls: [],
    repair: "none",
    examples: {
      bad: resourceOf(cluster, "ssh_public_access_enabled = true"),
      good: resourceOf(cluster, "ssh_public_access_enabled = false"),
    },
  },
  {
    id: "azure-learning-public-machines",
    severity: "medium",
    category: "exposure",
    title: "The learning machines have addresses on the internet",
    resourceTypes: computes,
    // The provider takes true where nothing is said.
    failsWhen: not(equals("node_public_ip_enabled", false)),
    why: "One wrong rule of a security group later anybody can attack them.",
    fix: "Set node_public_ip_enabled = false and a subnet_resource_id.",
    controls: [],
    repair: "none",
    examples: {
      bad: resourceOf(instance, 'name = "orders"'),
      good: resourceOf(instance, 'name = "orders"', "node_public_ip_enabled = false"),
    },
  },
];
