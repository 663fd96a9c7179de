import type { Rule } from "../../rule.ts";
import { all, any, equals, isTrue, lacks, not, oneOf, present } from "../../vocabulary/condition.ts";
import { below } from "../../vocabulary/number.ts";
import { resourceOf } from "./resource-example.ts";

/** Networks of Azure's own gateways, which take no security group or need none. */
const gatewaySubnets = [
  "GatewaySubnet",
  "AzureFirewallSubnet",
  "AzureFirewallManagementSubnet",
  "AzureBastionSubnet",
  "RouteServerSubnet",
];
const flowLog = "azurerm_network_watcher_flow_log";

/** Breaks that are known, or keys that are too short. */
const weak = {
  encryption: ["DES", "DES3", "None"],
  integrity: ["MD5", "SHA1"],
  group: ["None", "DHGroup1", "DHGroup2", "PFS1", "PFS2"],
};

export const azureNetworkRules: Rule[] = [
  {
    id: "azure-subnet-no-security-group",
    severity: "medium",
    category: "exposure",
    title: "No security group guards the subnet",
    resourceTypes: ["azurerm_subnet"],
    failsWhen: all(
      lacks("azurerm_subnet_network_security_group_association", { from: "subnet_id", to: ["id"] }),
      not(oneOf("name", gatewaySubnets)),
      not(present("delegation")),
    ),
    why: "Whatever stands in it, now or later, can be reached from every network that is connected.",
    fix: "Add an azurerm_subnet_network_security_group_association.",
    controls: ["CIS Azure 5.0 7.11"],
    examples: {
      bad: resourceOf("azurerm_subnet", 'name = "orders"'),
      good: `${resourceOf("azurerm_subnet", 'name = "orders"')}
resource "azurerm_subnet_network_security_group_association" "orders" {
  subnet_id = azurerm_subnet.orders.id
}`,
    },
  },
  {
    id: "azure-network-no-ddos-plan",
    severity: "low",
    category: "exposure",
    title: "The network has no protection against floods",
    resourceTypes: ["azurerm_virtual_network"],
    failsWhen: not(isTrue("ddos_protection_plan.enable")),
    why: "A flood of requests takes down what stands on the internet, and the bill for it stays.",
    fix: "Add ddos_protection_plan with enable = true where something in the network is public.",
    controls: ["CIS Azure 5.0 8.5"],
    repair: "none",
    examples: {
      bad: resourceOf("azurerm_virtual_network", 'name = "orders"'),
      good: resourceOf(
        "azurerm_virtual_network",
        'name = "orders"',
        'ddos_protection_plan {\n  id     = "orders"\n  enable = true\n}',
      ),
    },
  },
  {
    id: "azure-flow-log-off",
    severity: "medium",
    category: "logging",
    title: "The flow log is switched off",
    resourceTypes: [flowLog],
    failsWhen: equals("enabled", false),
    why: "After a break-in nobody can tell which machines were reached.",
    fix: "Set enabled = true.",
    controls: ["CIS Azure 5.0 7.5", "CIS Azure 5.0 7.8"],
    examples: {
      bad: resourceOf(flowLog, "enabled = false", kept(90)),
      good: resourceOf(flowLog, "enabled = true", kept(90)),
    },
  },
  {
    id: "azure-flow-log-short",
    severity: "low",
    category: "logging",
    title: "The flow log is kept for less than 90 days",
    resourceTypes: [flowLog],
    // Zero days keep it for ever.
    failsWhen: all(
      below("retention_policy.days", 90),
      not(equals("retention_policy.days", 0)),
      // One that is off is another rule's.
      not(equals("enabled", false)),
    ),
    why: "Break-ins are noticed after months; by then the log is gone.",
    fix: "Set days = 90 or more in retention_policy, and enabled = true.",
    controls: ["CIS Azure 5.0 7.5", "CIS Azure 5.0 7.8"],
    examples: {
      bad: resourceOf(flowLog, "enabled = true", kept(7)),
      good: resourceOf(flowLog, "enabled = true", kept(90)),
    },
  },
  {
    id: "azure-vpn-weak-cipher",
    severity: "medium",
    category: "encryption",
    title: "The VPN takes ciphers that can be broken",
    resourceTypes: ["azurerm_virtual_network_gateway_connection", "azurerm_vpn_server_configuration"],
    failsWhen: any(
      oneOf("ipsec_policy.ike_encryption", weak.encryption),
      oneOf("ipsec_policy.ipsec_encryption", weak.encryption),
      oneOf("ipsec_policy.ike_integrity", weak.integrity),
      oneOf("ipsec_policy.ipsec_integrity", weak.integrity),
      oneOf("ipsec_policy.dh_group", weak.group),
      oneOf("ipsec_policy.pfs_group", weak.group),
    ),
    why: "Who records the traffic can read it.",
    fix: "Use GCMAES256 with DHGroup24 or ECP384 and PFS24 or ECP384.",
    controls: [],
    repair: "none",
    examples: { bad: vpn("DES3"), good: vpn("GCMAES256") },
  },
  {
    id: "azure-bastion-links",
    severity: "medium",
    category: "exposure",
    title: "The bastion makes links that log in without Azure's login",
    resourceTypes: ["azurerm_bastion_host"],
    failsWhen: isTrue("shareable_link_enabled"),
    why: "Who has the link reaches the machine's login page from the internet.",
    fix: "Remove shareable_link_enabled.",
    controls: [],
    examples: {
      bad: resourceOf("azurerm_bastion_host", "shareable_link_enabled = true"),
      good: resourceOf("azurerm_bastion_host", "shareable_link_enabled = false"),
    },
  },
];

function kept(days: number): string {
  return `retention_policy {\n  enabled = true\n  days    = ${days}\n}`;
}

function vpn(encryption: string): string {
  return resourceOf(
    "azurerm_virtual_network_gateway_connection",
    `ipsec_policy {\n  dh_group         = "ECP384"\n  ike_encryption   = "${encryption}"\n  ike_integrity    = "SHA384"\n  ipsec_encryption = "GCMAES256"\n  ipsec_integrity  = "GCMAES256"\n  pfs_group        = "ECP384"\n}`,
  );
}
