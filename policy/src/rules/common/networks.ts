import { BlockList } from "node:net";
import type { Rule } from "../../rule.ts";
import { all, any, equals, judge, not, oneOf, some } from "../../vocabulary/condition.ts";
import type { Condition, JudgeContext, Match } from "../../vocabulary/condition.ts";

const azureSources = ["source_address_prefix", "source_address_prefixes"];
const azureOpening: Condition = all(outside(azureSources), equals("direction", "Inbound"), equals("access", "Allow"));

/** Ways in that name networks, whatever the provider calls them. */
export const allowedNetworksRule: Rule = {
  id: "allowed-networks",
  severity: "high",
  category: "exposure",
  title: "Traffic is let in from a network that is not on the list",
  resourceTypes: [
    "aws_security_group",
    "aws_default_security_group",
    "aws_security_group_rule",
    "aws_vpc_security_group_ingress_rule",
    "azurerm_network_security_group",
    "azurerm_network_security_rule",
    "google_compute_firewall",
  ],
  needs: ["allowed_networks"],
  failsWhen: any(
    some("ingress", outside(["cidr_blocks", "ipv6_cidr_blocks"]), ["from_port", "to_port"]),
    all(outside(["cidr_blocks", "ipv6_cidr_blocks"]), oneOf("type", ["ingress"])),
    outside(["cidr_ipv4", "cidr_ipv6"]),
    azureOpening,
    some("security_rule", azureOpening, ["name"]),
    all(outside(["source_ranges"]), not(equals("direction", "EGRESS"))),
  ),
  why: "The organization names the networks that may reach it; every other one is a way in that nobody agreed to.",
  fix: "Name networks of the list in policies/plumbline-policy.yaml, or refer to a group instead of a network.",
  controls: [],
  repair: "none",
  examples: {
    parameters: { allowed_networks: ["10.0.0.0/8"] },
    bad: example("192.168.0.0/24"),
    good: example("10.1.0.0/16"),
  },
};

function example(network: string): string {
  return `resource "aws_security_group" "shop" {
  description = "Lets the offices reach the shop"

  ingress {
    description = "The shop"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["${network}"]
  }
}`;
}

/** One of these attributes names a network, or a list with one, that lies in none of the allowed ones. */
function outside(attributes: readonly string[]): Condition {
  return judge(({ parameters, read }: JudgeContext): Match[] => {
    const allowed = parameters.allowed_networks ?? [];
    const matches: Match[] = [];
    for (const attribute of attributes) {
      const value = read(attribute);
      if (!value.known) {
        matches.push({ outcome: "unknown", attribute });
        continue;
      }
      const named = (Array.isArray(value.value) ? value.value : [value.value]).filter((one) => typeof one === "string");
      const stranger = named.find((network) => isNetwork(network) && !isWithin(network, allowed));
      if (stranger !== undefined)
        matches.push({
          outcome: "true",
          attribute,
          title: `Traffic is let in from ${stranger}, which is not on the list of allowed networks`,
        });
    }
    const certain = matches.filter(({ outcome }) => outcome === "true");
    return certain.length > 0 ? certain : matches;
  }, attributes);
}

/** Names such as `VirtualNetwork` stand for what only the cloud knows; `*` and `Internet` for everything. */
function isNetwork(text: string): boolean {
  return /^(?:\*|any|internet)$/i.test(text) || /^[0-9a-f.:]+(?:\/\d{1,3})?$/i.test(text);
}

function isWithin(network: string, allowed: readonly string[]): boolean {
  const [address = "", length] = network.split("/");
  const family = address.includes(":") ? "ipv6" : "ipv4";
  const bits = length === undefined ? (family === "ipv6" ? 128 : 32) : Number(length);
  return allowed.some((one) => {
    const [base = "", size = ""] = one.split("/");
    if (base.includes(":") !== (family === "ipv6") || bits < Number(size)) return false;
    const list = new BlockList();
    list.addSubnet(base, Number(size), family);
    return list.check(address, family);
  });
}
