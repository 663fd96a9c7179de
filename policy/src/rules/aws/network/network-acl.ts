import { isObject, stringAt } from "../../../resources/json.ts";
import type { Json, JsonObject } from "../../../resources/json.ts";
import type { Rule } from "../../../rule.ts";
import { all, any, equals, judge, not, oneOf, portRange, worldOpen } from "../../../vocabulary/condition.ts";
import type { Condition, JudgeContext, Match, PortRange } from "../../../vocabulary/condition.ts";
import { isWorld, readPortRange } from "../../../vocabulary/network.ts";

/** Remote shells and desktops. */
const ports = [22, 3389];

const text = {
  severity: "medium",
  category: "exposure",
  title: "The network access list lets the whole internet reach administration ports",
  why: "It is the second net behind the security groups; with a hole in it one wrong group opens every machine of the subnet.",
  fix: "Allow ports 22 and 3389 only from the networks that administrate, before any wider rule.",
  controls: ["CIS AWS 5.0 5.2"],
} as const;

function opensPort(port: number): (range: PortRange) => boolean {
  return (range) => range.all || (range.from <= port && port <= range.to);
}

/** Of the numbered entries the first that fits decides, so an earlier denial makes a later permission harmless. */
function inlineEntries(): Condition {
  return judge(
    ({ read }: JudgeContext): Match[] => {
      const value = read("ingress");
      if (!value.known) return [{ outcome: "unknown", attribute: "ingress" }];
      const entries = (Array.isArray(value.value) ? value.value : [value.value]).filter(isObject);
      const ordered = entries
        .map((entry, position) => ({ entry, position }))
        .sort((one, other) => Number(one.entry["rule_no"] ?? 0) - Number(other.entry["rule_no"] ?? 0));
      for (const port of ports) {
        const first = ordered.find(({ entry }) => fromAnywhere(entry) && coversPort(entry, port));
        if (first && /^allow$/i.test(stringAt(first.entry, "action") ?? ""))
          return [
            {
              outcome: "true",
              attribute: `ingress[${first.position}]`,
              identity: JSON.stringify(first.entry["rule_no"] ?? 0),
            },
          ];
      }
      return [];
    },
    [
      "ingress.rule_no",
      "ingress.action",
      "ingress.cidr_block",
      "ingress.ipv6_cidr_block",
      "ingress.from_port",
      "ingress.to_port",
      "ingress.protocol",
    ],
  );
}

function fromAnywhere(entry: JsonObject): boolean {
  return ["cidr_block", "ipv6_cidr_block"].some((name) => {
    const network = entry[name];
    return typeof network === "string" && isWorld(network);
  });
}

function coversPort(entry: JsonObject, port: number): boolean {
  const known = (value: Json | undefined) => ({ known: true, value: value ?? null }) as const;
  const range = readPortRange(known(entry["from_port"]), known(entry["to_port"]), known(entry["protocol"]));
  return range !== undefined && range !== "unknown" && opensPort(port)(range);
}

const inline = (network: string) => `resource "aws_network_acl" "shop" {
  vpc_id = "vpc-0abc"
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 22
    to_port    = 22
    cidr_block = "${network}"
  }
}`;

const separate = (network: string) => `resource "aws_network_acl_rule" "shell" {
  network_acl_id = "acl-0abc"
  rule_number    = 100
  rule_action    = "allow"
  protocol       = "6"
  from_port      = 20
  to_port        = 30
  cidr_block     = "${network}"
}`;

export const awsNetworkAclRules: Rule[] = [
  {
    ...text,
    id: "aws-nacl-world-open-administration",
    resourceTypes: ["aws_network_acl", "aws_default_network_acl"],
    failsWhen: inlineEntries(),
    examples: { bad: inline("0.0.0.0/0"), good: inline("10.20.0.0/16") },
  },
  {
    ...text,
    id: "aws-nacl-rule-world-open-administration",
    resourceTypes: ["aws_network_acl_rule"],
    failsWhen: all(
      any(worldOpen("cidr_block"), worldOpen("ipv6_cidr_block")),
      oneOf("rule_action", ["allow", "ALLOW"]),
      not(equals("egress", true)),
      portRange({ from: "from_port", to: "to_port", protocol: "protocol" }, (range) =>
        ports.some((port) => opensPort(port)(range)),
      ),
    ),
    examples: { bad: separate("0.0.0.0/0"), good: separate("10.20.0.0/16") },
  },
];
