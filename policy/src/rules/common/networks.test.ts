import { describe, expect, it } from "vitest";
import { defaultPolicyConfiguration } from "../../configuration/policy-configuration.ts";
import { judgePlan } from "../../judging/judge-plan.ts";
import { planOf } from "../../testing/plans.ts";
import { allowedNetworksRule } from "./networks.ts";

/** Outcomes of the rule for one resource, with 10.0.0.0/8 and 2001:db8::/32 allowed. */
async function outcomes(address: string, after: Parameters<typeof planOf>[0][number]["after"]): Promise<string[]> {
  const { findings } = await judgePlan(
    {
      planJson: planOf([{ address, after }]),
      files: new Map(),
      componentPath: "app",
      environment: "dev",
      layer: "shared",
      environments: [],
      policyConfiguration: {
        ...defaultPolicyConfiguration,
        parameters: { allowed_networks: ["10.0.0.0/8", "2001:db8::/32"] },
      },
    },
    [allowedNetworksRule],
  );
  return findings.map(({ outcome, title }) => `${outcome} ${/from (\S+),/.exec(title)?.[1] ?? ""}`.trim());
}

describe("networks that are allowed", () => {
  it.each([
    [
      "aws_security_group.a",
      { ingress: [{ from_port: 1, to_port: 1, cidr_blocks: ["10.3.0.0/16"], ipv6_cidr_blocks: ["2001:db8:1::/48"] }] },
    ],
    ["aws_security_group_rule.a", { type: "egress", cidr_blocks: ["0.0.0.0/0"] }],
    ["aws_vpc_security_group_ingress_rule.a", { cidr_ipv4: "10.0.0.7/32" }],
    [
      "azurerm_network_security_rule.a",
      { direction: "Inbound", access: "Allow", source_address_prefix: "VirtualNetwork" },
    ],
    ["azurerm_network_security_rule.a", { direction: "Inbound", access: "Deny", source_address_prefix: "*" }],
    ["google_compute_firewall.a", { direction: "EGRESS", source_ranges: ["8.8.8.8/32"] }],
  ])("lets %s %j be", async (address, after) => {
    expect(await outcomes(address, after)).toEqual([]);
  });

  it.each([
    [
      "aws_security_group.a",
      { ingress: [{ from_port: 1, to_port: 1, cidr_blocks: ["10.0.0.0/7"] }] },
      "fail 10.0.0.0/7",
    ],
    ["aws_security_group_rule.a", { type: "ingress", ipv6_cidr_blocks: ["::/0"] }, "fail ::/0"],
    ["aws_vpc_security_group_ingress_rule.a", { cidr_ipv4: "192.0.2.1/32" }, "fail 192.0.2.1/32"],
    [
      "azurerm_network_security_group.a",
      {
        security_rule: [
          { name: "a", direction: "Inbound", access: "Allow", source_address_prefixes: ["10.0.0.0/8", "Internet"] },
        ],
      },
      "fail Internet",
    ],
    ["google_compute_firewall.a", { source_ranges: ["172.16.0.0/12"] }, "fail 172.16.0.0/12"],
  ])("finds %s %j", async (address, after, outcome) => {
    expect(await outcomes(address, after)).toEqual([outcome]);
  });
});
