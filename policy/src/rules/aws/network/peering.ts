import type { Rule } from "../../../rule.ts";
import { all, any, equals, present, some, worldOpen } from "../../../vocabulary/condition.ts";

export const awsPeeringRules: Rule[] = [
  {
    id: "aws-peering-route-everything",
    severity: "medium",
    category: "exposure",
    title: "All traffic goes into a peered network",
    resourceTypes: ["aws_route"],
    failsWhen: all(
      any(worldOpen("destination_cidr_block"), worldOpen("destination_ipv6_cidr_block")),
      present("vpc_peering_connection_id"),
    ),
    why: "The other network's owner sees traffic that was never meant for it.",
    fix: "Route only the subnets that are needed.",
    controls: ["CIS AWS 5.0 5.6"],
    examples: {
      bad: `resource "aws_route" "partner" {
  route_table_id            = "rtb-0abc"
  destination_cidr_block    = "0.0.0.0/0"
  vpc_peering_connection_id = "pcx-0abc"
}`,
      good: `resource "aws_route" "partner" {
  route_table_id            = "rtb-0abc"
  destination_cidr_block    = "10.40.7.0/24"
  vpc_peering_connection_id = "pcx-0abc"
}`,
    },
  },
  {
    id: "aws-peering-route-table-everything",
    severity: "medium",
    category: "exposure",
    title: "A route table sends all traffic into a peered network",
    resourceTypes: ["aws_route_table", "aws_default_route_table"],
    failsWhen: some(
      "route",
      all(any(worldOpen("cidr_block"), worldOpen("ipv6_cidr_block")), present("vpc_peering_connection_id")),
      ["cidr_block", "ipv6_cidr_block"],
    ),
    why: "The other network's owner sees traffic that was never meant for it.",
    fix: "Route only the subnets that are needed.",
    controls: ["CIS AWS 5.0 5.6"],
    examples: {
      bad: `resource "aws_route_table" "shop" {
  vpc_id = "vpc-0abc"
  route {
    cidr_block                = "0.0.0.0/0"
    vpc_peering_connection_id = "pcx-0abc"
  }
}`,
      good: `resource "aws_route_table" "shop" {
  vpc_id = "vpc-0abc"
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = "igw-0abc"
  }
}`,
    },
  },
  {
    id: "aws-transit-gateway-accepts-all",
    severity: "medium",
    category: "exposure",
    title: "The transit gateway takes networks of other accounts without asking",
    resourceTypes: ["aws_ec2_transit_gateway"],
    failsWhen: equals("auto_accept_shared_attachments", "enable"),
    why: "Whoever the gateway is shared with joins the network without anybody here agreeing.",
    fix: 'Leave auto_accept_shared_attachments at "disable" and accept attachments one by one.',
    controls: [],
    examples: {
      bad: `resource "aws_ec2_transit_gateway" "hub" {
  auto_accept_shared_attachments = "enable"
}`,
      good: `resource "aws_ec2_transit_gateway" "hub" {
  auto_accept_shared_attachments = "disable"
}`,
    },
  },
];
