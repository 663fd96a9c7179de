import type { Rule } from "../../rule.ts";
import { all, any, anything, equals, isTrue, lacks, present, some, worldOpen } from "../../vocabulary/condition.ts";

const network = `resource "aws_vpc" "shop" {
  cidr_block = "10.20.0.0/16"
}`;

export const awsVpcRules: Rule[] = [
  {
    id: "aws-vpc-flow-logs-off",
    severity: "medium",
    category: "logging",
    title: "The network's traffic is not logged",
    resourceTypes: ["aws_vpc"],
    failsWhen: lacks("aws_flow_log", { from: "vpc_id", to: ["id"] }),
    why: "After an incident nobody can tell who talked to whom.",
    fix: "Add an aws_flow_log for the network.",
    controls: ["CIS AWS 5.0 3.7"],
    examples: {
      bad: network,
      good: `${network}
resource "aws_flow_log" "shop" {
  vpc_id          = aws_vpc.shop.id
  traffic_type    = "ALL"
  log_destination = "arn:aws:s3:::flow-logs"
}`,
    },
  },
  {
    id: "aws-vpc-default-group-unmanaged",
    severity: "low",
    category: "exposure",
    title: "The network's default security group is not closed",
    resourceTypes: ["aws_vpc"],
    failsWhen: lacks("aws_default_security_group", { from: "vpc_id", to: ["id"] }),
    why: "Whatever gets no group of its own lands in the default one, where all may talk to each other and out.",
    fix: "Add an aws_default_security_group without ingress and egress.",
    controls: ["CIS AWS 5.0 5.5"],
    examples: {
      bad: network,
      good: `${network}
resource "aws_default_security_group" "shop" {
  vpc_id = aws_vpc.shop.id
}`,
    },
  },
  {
    id: "aws-default-group-used",
    severity: "medium",
    category: "exposure",
    title: "The default security group lets traffic through",
    resourceTypes: ["aws_default_security_group"],
    failsWhen: any(present("ingress"), present("egress")),
    why: "Whatever gets no group of its own lands in it; nobody chose these rules for it.",
    fix: "Leave ingress and egress out and give every resource a group of its own.",
    controls: ["CIS AWS 5.0 5.5"],
    examples: {
      bad: `resource "aws_default_security_group" "shop" {
  vpc_id = "vpc-0abc"
  ingress {
    protocol  = "-1"
    self      = true
    from_port = 0
    to_port   = 0
  }
}`,
      good: `resource "aws_default_security_group" "shop" {
  vpc_id = "vpc-0abc"
}`,
    },
  },
  {
    id: "aws-default-vpc-used",
    severity: "low",
    category: "exposure",
    title: "The account's default network is used",
    resourceTypes: ["aws_default_vpc"],
    failsWhen: anything,
    why: "All its subnets give machines addresses on the internet.",
    fix: "Make a network of your own with private subnets.",
    controls: [],
    examples: { bad: `resource "aws_default_vpc" "shop" {}`, good: network },
  },
  {
    id: "aws-subnet-public-addresses",
    severity: "low",
    category: "exposure",
    title: "Machines in the subnet get addresses on the internet by themselves",
    resourceTypes: ["aws_subnet"],
    failsWhen: isTrue("map_public_ip_on_launch"),
    why: "A machine is put on the internet because of where it stands, and nobody wrote it down.",
    fix: "Set map_public_ip_on_launch = false and give addresses to the few that need one.",
    controls: [],
    examples: {
      bad: `resource "aws_subnet" "public" {
  vpc_id                  = "vpc-0abc"
  cidr_block              = "10.20.1.0/24"
  map_public_ip_on_launch = true
}`,
      good: `resource "aws_subnet" "public" {
  vpc_id     = "vpc-0abc"
  cidr_block = "10.20.1.0/24"
}`,
    },
  },
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
    id: "aws-endpoint-service-open",
    severity: "low",
    category: "exposure",
    title: "Connections to the endpoint service are taken without asking",
    resourceTypes: ["aws_vpc_endpoint_service"],
    failsWhen: equals("acceptance_required", false),
    why: "Every allowed principal connects its network to the service without anybody here agreeing.",
    fix: "Set acceptance_required = true.",
    controls: [],
    examples: {
      bad: `resource "aws_vpc_endpoint_service" "orders" {
  acceptance_required = false
}`,
      good: `resource "aws_vpc_endpoint_service" "orders" {
  acceptance_required = true
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
