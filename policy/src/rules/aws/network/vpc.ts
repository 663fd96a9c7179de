import type { Rule } from "../../../rule.ts";
import {
  any,
  anything,
  equals,
  isTrue,
  lacks,
  oneOf,
  present,
  some,
  worldOpen,
} from "../../../vocabulary/condition.ts";
import { exampleOf, examplesOf } from "../example.ts";

const network = `resource "aws_vpc" "shop" {
  cidr_block = "10.20.0.0/16"
}`;

export const awsVpcRules: Rule[] = [
  {
    id: "aws-vpc-internet-block-off",
    severity: "low",
    category: "exposure",
    title: "The account's block of traffic from the internet is switched off",
    resourceTypes: ["aws_vpc_block_public_access_options"],
    failsWhen: equals("internet_gateway_block_mode", "off"),
    why: "It is the net below all route tables and groups of the account.",
    fix: 'Set internet_gateway_block_mode = "block-ingress", with exclusions for networks that serve the internet.',
    controls: [],
    examples: {
      bad: exampleOf("aws_vpc_block_public_access_options", 'internet_gateway_block_mode = "off"', "all"),
      good: [
        exampleOf("aws_vpc_block_public_access_options", 'internet_gateway_block_mode = "block-ingress"', "all"),
        exampleOf(
          "aws_vpc_block_public_access_exclusion",
          'vpc_id = "vpc-0abc"\ninternet_gateway_exclusion_mode = "allow-bidirectional"',
          "web",
        ),
      ].join("\n"),
    },
  },
  {
    id: "aws-vpc-prefix-list-everything",
    severity: "medium",
    category: "exposure",
    title: "The list of networks takes in the whole internet",
    resourceTypes: ["aws_ec2_managed_prefix_list"],
    failsWhen: some("entry", worldOpen("cidr"), ["cidr"]),
    why: "Every rule and route that names the list is open to all, and none of them shows it.",
    fix: "List the networks that are meant.",
    controls: [],
    examples: examplesOf(
      "aws_ec2_managed_prefix_list",
      'name = "partners"\naddress_family = "IPv4"\nmax_entries = 5\nentry {\n  cidr = "0.0.0.0/0"\n}',
      'name = "partners"\naddress_family = "IPv4"\nmax_entries = 5\nentry {\n  cidr = "203.0.113.0/24"\n}',
    ),
  },
  {
    id: "aws-vpc-prefix-list-entry-everything",
    severity: "medium",
    category: "exposure",
    title: "An entry of a list of networks takes in the whole internet",
    resourceTypes: ["aws_ec2_managed_prefix_list_entry"],
    failsWhen: worldOpen("cidr"),
    why: "Every rule and route that names the list is open to all, and none of them shows it.",
    fix: "List the networks that are meant.",
    controls: [],
    examples: examplesOf(
      "aws_ec2_managed_prefix_list_entry",
      'prefix_list_id = "pl-0abc"\ncidr = "0.0.0.0/0"',
      'prefix_list_id = "pl-0abc"\ncidr = "203.0.113.0/24"',
    ),
  },
  {
    id: "aws-vpc-flow-log-partial",
    severity: "low",
    category: "logging",
    title: "The flow log leaves out a part of the traffic",
    resourceTypes: ["aws_flow_log"],
    failsWhen: oneOf("traffic_type", ["ACCEPT", "REJECT"]),
    why: "Either the attempts or the successes of an attacker are missing.",
    fix: 'Set traffic_type = "ALL".',
    controls: [],
    examples: examplesOf(
      "aws_flow_log",
      'vpc_id = "vpc-0abc"\nlog_destination = "arn:aws:s3:::flow-logs"\nlog_destination_type = "s3"\ntraffic_type = "REJECT"',
      'vpc_id = "vpc-0abc"\nlog_destination = "arn:aws:s3:::flow-logs"\nlog_destination_type = "s3"\ntraffic_type = "ALL"',
    ),
  },
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
    repair: "none",
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
];
