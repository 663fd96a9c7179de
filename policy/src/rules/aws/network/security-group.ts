import type { Rule } from "../../../rule.ts";
import { all, any, equals, portRange, refersTo, some, worldOpen } from "../../../vocabulary/condition.ts";
import type { Condition, PortRange } from "../../../vocabulary/condition.ts";
import { worldOpenRules } from "../../world-open.ts";

const identity = ["from_port", "to_port", "protocol", "cidr_blocks", "ipv6_cidr_blocks"];
const controls = { database: [], administration: ["CIS AWS 5.0 5.1.2", "CIS AWS 5.0 5.3", "CIS AWS 5.0 5.4"] };

const protocolFor = ({ from, to }: { from: number; to: number }): string => (to - from > 65000 ? "-1" : "tcp");

function opens(protocol: string, test: (range: PortRange) => boolean): Condition {
  return portRange({ from: "from_port", to: "to_port", protocol }, test);
}

/** A list of networks that takes in the internet opens what names it. */
const openList = refersTo(
  "aws_ec2_managed_prefix_list",
  { from: "prefix_list_id", to: ["id"] },
  some("entry", worldOpen("cidr")),
);

/** Rules written inside the group. */
const inline = worldOpenRules({
  prefix: "aws-sg",
  resourceTypes: ["aws_security_group", "aws_default_security_group"],
  failsWhen: (test) =>
    some(
      "ingress",
      all(any(worldOpen("cidr_blocks"), worldOpen("ipv6_cidr_blocks")), opens("protocol", test)),
      identity,
    ),
  example: (ports, cidr) => `resource "aws_security_group" "orders" {
  ingress {
    from_port   = ${ports.from}
    to_port     = ${ports.to}
    protocol    = "${protocolFor(ports)}"
    cidr_blocks = ["${cidr}"]
  }
}`,
  controls,
});

/** One rule as a resource, the older way. */
const separate = worldOpenRules({
  prefix: "aws-sg-rule",
  resourceTypes: ["aws_security_group_rule"],
  failsWhen: (test) =>
    all(
      any(worldOpen("cidr_blocks"), worldOpen("ipv6_cidr_blocks")),
      equals("type", "ingress"),
      opens("protocol", test),
    ),
  example: (ports, cidr) => `resource "aws_security_group_rule" "orders" {
  type        = "ingress"
  from_port   = ${ports.from}
  to_port     = ${ports.to}
  protocol    = "${protocolFor(ports)}"
  cidr_blocks = ["${cidr}"]
}`,
  controls,
});

/** One rule as a resource, the newer way. */
const vpcIngress = worldOpenRules({
  prefix: "aws-vpc-ingress",
  resourceTypes: ["aws_vpc_security_group_ingress_rule"],
  failsWhen: (test) => all(any(worldOpen("cidr_ipv4"), worldOpen("cidr_ipv6"), openList), opens("ip_protocol", test)),
  example: (ports, cidr) => `resource "aws_vpc_security_group_ingress_rule" "orders" {
  from_port   = ${ports.from}
  to_port     = ${ports.to}
  ip_protocol = "${protocolFor(ports)}"
  cidr_ipv4   = "${cidr}"
}`,
  controls,
});

export const awsSecurityGroupRules: Rule[] = [...inline, ...separate, ...vpcIngress];
