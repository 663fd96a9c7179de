import type { Rule } from "../../rule.ts";
import { all, any, equals, isTrue, not, oneOf, present, some } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";
import { publicNetworkRule } from "./families.ts";
import { resourceOf } from "./resource-example.ts";

const registry = "azurerm_container_registry";
const group = "azurerm_container_group";
const premium = oneOf("sku", ["Premium", "premium"]);

/** A group of containers inside the network. */
function privateGroup(...lines: readonly string[]): string {
  return resourceOf(group, 'ip_address_type = "Private"', ...lines);
}

export const azureRegistryAndContainerRules: Rule[] = [
  {
    id: "azure-registry-anonymous-pull",
    severity: "high",
    category: "exposure",
    title: "Everybody may pull the registry's images",
    resourceTypes: [registry],
    failsWhen: isTrue("anonymous_pull_enabled"),
    why: "Images hold code and often secrets; this publishes them.",
    fix: "Remove anonymous_pull_enabled and give the role AcrPull to those who need it.",
    controls: [],
    examples: {
      bad: resourceOf(registry, "anonymous_pull_enabled = true"),
      good: resourceOf(registry, "anonymous_pull_enabled = false"),
    },
  },
  {
    id: "azure-registry-administrator",
    severity: "medium",
    category: "identity",
    title: "The registry has an administrator with a shared password",
    resourceTypes: [registry],
    failsWhen: isTrue("admin_enabled"),
    why: "The password may push any image, nobody can tell who used it, and it is valid until somebody changes it.",
    fix: "Remove admin_enabled and use identities with the roles AcrPull and AcrPush.",
    controls: [],
    examples: {
      bad: resourceOf(registry, "admin_enabled = true"),
      good: resourceOf(registry, "admin_enabled = false"),
    },
  },
  publicNetworkRule({
    id: "azure-registry-public-network",
    noun: "registry",
    types: [registry],
    closed: any(
      equals("public_network_access_enabled", false),
      anyMatches("network_rule_set.default_action", /^deny$/i),
    ),
    set: "public_network_access_enabled = false",
    body: 'sku = "Premium"',
  }),
  {
    id: "azure-registry-untagged-kept",
    severity: "low",
    category: "hygiene",
    title: "The registry keeps images without a tag for ever",
    resourceTypes: [registry],
    // Only this tier has a retention.
    failsWhen: all(not(any(present("retention_policy_in_days"), isTrue("retention_policy.enabled"))), premium),
    why: "Old images with known faults can still be pulled by their digest.",
    fix: "Set retention_policy_in_days (retention_policy before version 4).",
    controls: [],
    examples: {
      bad: resourceOf(registry, 'sku = "Premium"'),
      good: resourceOf(registry, 'sku = "Premium"', "retention_policy_in_days = 30"),
    },
  },
  {
    id: "azure-container-privileged",
    severity: "high",
    category: "exposure",
    title: "A container runs privileged",
    resourceTypes: [group],
    failsWhen: some("container", isTrue("security.privilege_enabled"), ["name"]),
    why: "Who takes it over has the machine below it.",
    fix: "Remove privilege_enabled from security.",
    controls: [],
    examples: {
      bad: privateGroup('container {\n  name = "orders"\n  security {\n    privilege_enabled = true\n  }\n}'),
      good: privateGroup('container {\n  name = "orders"\n  security {\n    privilege_enabled = false\n  }\n}'),
    },
  },
  {
    id: "azure-container-group-public",
    severity: "medium",
    category: "exposure",
    title: "The containers have an address on the internet",
    resourceTypes: [group],
    // Azure gives a public address where nothing is said.
    failsWhen: not(any(oneOf("ip_address_type", ["Private", "None"]), present("subnet_ids"))),
    why: "Whatever listens in them can be attacked from anywhere.",
    fix: 'Set ip_address_type = "Private" and subnet_ids.',
    controls: [],
    examples: { bad: resourceOf(group, 'os_type = "Linux"'), good: privateGroup('os_type = "Linux"') },
  },
  {
    id: "azure-container-app-plain-http",
    severity: "high",
    category: "encryption",
    title: "The container app answers without TLS",
    resourceTypes: ["azurerm_container_app"],
    failsWhen: all(isTrue("ingress.allow_insecure_connections"), isTrue("ingress.external_enabled")),
    why: "Passwords, cookies and tokens of visitors can be read by anybody on the way.",
    fix: "Remove allow_insecure_connections.",
    controls: [],
    examples: { bad: containerApp(true), good: containerApp(false) },
  },
  {
    id: "azure-container-environment-public",
    severity: "low",
    category: "exposure",
    title: "The environment of container apps stands on the internet",
    resourceTypes: ["azurerm_container_app_environment"],
    failsWhen: not(any(isTrue("internal_load_balancer_enabled"), anyMatches("public_network_access", /^disabled$/i))),
    why: "Each app in it can be published by one setting.",
    fix: "Set internal_load_balancer_enabled = true and put a gateway in front of what is public.",
    controls: [],
    repair: "none",
    examples: {
      bad: resourceOf("azurerm_container_app_environment", 'name = "orders"'),
      good: resourceOf("azurerm_container_app_environment", 'name = "orders"', "internal_load_balancer_enabled = true"),
    },
  },
];

function containerApp(insecure: boolean): string {
  return resourceOf(
    "azurerm_container_app",
    `ingress {\n  allow_insecure_connections = ${insecure}\n  external_enabled           = true\n}`,
  );
}
