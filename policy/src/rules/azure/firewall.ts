import type { Rule } from "../../rule.ts";
import { all, any, equals, not, oneOf, present, some } from "../../vocabulary/condition.ts";
import type { Condition } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";
import { resourceOf } from "./resource-example.ts";

const policy = "azurerm_firewall_policy";
const collection = "azurerm_firewall_network_rule_collection";
const group = "azurerm_firewall_policy_rule_collection_group";
const nat = "azurerm_firewall_nat_rule_collection";
const everybody = /^\*$|^0\.0\.0\.0\/0$|^Internet$/;
const adminPorts = /^(?:22|3389)$/;

const letsEverythingThrough: Condition = all(
  anyMatches("source_addresses", everybody),
  anyMatches("destination_addresses", everybody),
  anyMatches("destination_ports", /^\*$|^[01]-65535$/),
);
const forwardsAdministration: Condition = all(
  anyMatches("source_addresses", everybody),
  any(anyMatches("destination_ports", adminPorts), oneOf("translated_port", ["22", "3389"])),
);

export const azureFirewallRules: Rule[] = [
  {
    id: "azure-firewall-everything-allowed",
    severity: "high",
    category: "exposure",
    title: "A rule of the firewall lets everything through",
    resourceTypes: [collection, group],
    failsWhen: any(
      all(some("rule", letsEverythingThrough, ["name"]), equals("action", "Allow")),
      some("network_rule_collection", all(some("rule", letsEverythingThrough), equals("action", "Allow")), ["name"]),
    ),
    why: "From everywhere to everywhere on every port: the firewall then only costs money.",
    fix: "Name sources, destinations and ports.",
    controls: [],
    examples: { bad: rule("*", "*"), good: rule("10.20.0.0/16", "443") },
  },
  {
    id: "azure-firewall-forwards-administration",
    severity: "critical",
    category: "exposure",
    title: "The firewall forwards an administration port to the whole internet",
    resourceTypes: [nat, group],
    failsWhen: any(
      some("rule", forwardsAdministration, ["name"]),
      some("nat_rule_collection", some("rule", forwardsAdministration), ["name"]),
    ),
    why: "SSH and remote desktop give whoever gets in full control of the machine; they are attacked all the time.",
    fix: "Use a bastion, or allow only the networks of administrators.",
    controls: [],
    examples: { bad: forward("*"), good: forward("203.0.113.0/24") },
  },
  {
    id: "azure-firewall-threats-ignored",
    severity: "medium",
    category: "exposure",
    title: "The firewall does not look at known attackers",
    resourceTypes: [policy, "azurerm_firewall"],
    failsWhen: any(oneOf("threat_intelligence_mode", ["Off"]), oneOf("threat_intel_mode", ["Off"])),
    why: "Traffic from and to addresses that are known as bad passes unnoticed.",
    fix: 'Set it to "Deny", or at least "Alert".',
    controls: [],
    examples: {
      bad: resourceOf(policy, 'threat_intelligence_mode = "Off"'),
      good: resourceOf(policy, 'threat_intelligence_mode = "Deny"'),
    },
  },
  {
    id: "azure-firewall-intrusions-ignored",
    severity: "low",
    category: "exposure",
    title: "The firewall does not look for patterns of attack",
    resourceTypes: [policy],
    // Only this tier can.
    failsWhen: all(
      not(all(present("intrusion_detection.mode"), not(oneOf("intrusion_detection.mode", ["Off"])))),
      oneOf("sku", ["Premium"]),
    ),
    why: "What is paid for with the tier is not used.",
    fix: 'Add intrusion_detection with mode = "Deny" or "Alert".',
    controls: [],
    examples: {
      bad: resourceOf(policy, 'sku = "Premium"', 'intrusion_detection {\n  mode = "Off"\n}'),
      good: resourceOf(policy, 'sku = "Premium"', 'intrusion_detection {\n  mode = "Alert"\n}'),
    },
  },
];

function rule(source: string, port: string): string {
  return resourceOf(
    collection,
    'action = "Allow"',
    `rule {\n  name                  = "orders"\n  source_addresses      = ["${source}"]\n  destination_addresses = ["*"]\n  destination_ports     = ["${port}"]\n  protocols             = ["TCP"]\n}`,
  );
}

function forward(source: string): string {
  return resourceOf(
    nat,
    'action = "Dnat"',
    `rule {\n  name               = "orders"\n  source_addresses   = ["${source}"]\n  destination_ports  = ["3389"]\n  translated_address = "10.20.0.4"\n  translated_port    = "3389"\n}`,
  );
}
