import type { Rule } from "../../rule.ts";
import {
  all,
  any,
  equals,
  isTrue,
  matches,
  not,
  portRange,
  present,
  some,
  worldOpen,
} from "../../vocabulary/condition.ts";
import { worldOpenRules } from "../world-open.ts";
import { examplesOf } from "./example.ts";

const launch = (address: boolean) => `image_id = "ami-0abc"
metadata_options {
  http_tokens = "required"
}
network_interfaces {
  associate_public_ip_address = ${address}
}`;

const beanstalk = (namespace: string, name: string, value: string) => `name = "shop"
application = "shop"
setting {
  namespace = "${namespace}"
  name      = "${name}"
  value     = "${value}"
}`;

const setting = (namespace: string, name: string, value: RegExp) =>
  some("setting", all(matches("value", value), equals("name", name), equals("namespace", namespace)), [
    "namespace",
    "name",
  ]);

const lightsail = worldOpenRules({
  prefix: "aws-lightsail",
  resourceTypes: ["aws_lightsail_instance_public_ports"],
  failsWhen: (test) =>
    some(
      "port_info",
      all(
        // Where no network is named the service takes every one.
        any(
          worldOpen("cidrs"),
          worldOpen("ipv6_cidrs"),
          all(not(present("cidrs")), not(present("ipv6_cidrs")), not(present("cidr_list_aliases"))),
        ),
        portRange({ from: "from_port", to: "to_port", protocol: "protocol" }, test),
      ),
      ["from_port", "to_port", "protocol", "cidrs"],
    ),
  example: (ports, cidr) => `resource "aws_lightsail_instance_public_ports" "shop" {
  instance_name = "shop"
  port_info {
    protocol  = "${ports.to - ports.from > 65000 ? "all" : "tcp"}"
    from_port = ${ports.from}
    to_port   = ${ports.to}
    cidrs     = ["${cidr}"]
  }
}`,
  controls: { database: [], administration: [] },
});

export const awsComputeMoreRules: Rule[] = [
  ...lightsail,
  {
    id: "aws-lightsail-database-public",
    severity: "critical",
    category: "exposure",
    title: "The Lightsail database can be reached from the internet",
    resourceTypes: ["aws_lightsail_database"],
    failsWhen: isTrue("publicly_accessible"),
    why: "No firewall stands before it: anybody can try passwords and known faults.",
    fix: "Set publicly_accessible = false.",
    controls: [],
    examples: examplesOf(
      "aws_lightsail_database",
      'relational_database_name = "orders"\nblueprint_id = "postgres_16"\nbundle_id = "micro_2_0"\npublicly_accessible = true',
      'relational_database_name = "orders"\nblueprint_id = "postgres_16"\nbundle_id = "micro_2_0"\npublicly_accessible = false',
    ),
  },
  {
    id: "aws-launch-template-public-address",
    severity: "medium",
    category: "exposure",
    title: "Instances of the template get addresses on the internet",
    resourceTypes: ["aws_launch_template"],
    failsWhen: some("network_interfaces", isTrue("associate_public_ip_address")),
    why: "One wrong security group rule later anybody can attack the machines.",
    fix: "Put them into private subnets, behind a load balancer or reachable by Session Manager.",
    controls: [],
    examples: examplesOf("aws_launch_template", launch(true), launch(false), "shop"),
  },
  {
    id: "aws-beanstalk-metadata-tokens",
    severity: "high",
    category: "access",
    title: "The environment's machines give metadata without a token",
    resourceTypes: ["aws_elastic_beanstalk_environment"],
    failsWhen: setting("aws:autoscaling:launchconfiguration", "DisableIMDSv1", /^false$/i),
    why: "A fault in an application that fetches addresses for others gives away the credentials of the instances' role.",
    fix: "Set DisableIMDSv1 to true.",
    controls: ["CIS AWS 5.0 5.7"],
    examples: examplesOf(
      "aws_elastic_beanstalk_environment",
      beanstalk("aws:autoscaling:launchconfiguration", "DisableIMDSv1", "false"),
      beanstalk("aws:autoscaling:launchconfiguration", "DisableIMDSv1", "true"),
      "shop",
    ),
  },
  {
    id: "aws-beanstalk-updates-off",
    severity: "low",
    category: "maintenance",
    title: "The environment's platform is not updated by itself",
    resourceTypes: ["aws_elastic_beanstalk_environment"],
    failsWhen: setting("aws:elasticbeanstalk:managedactions", "ManagedActionsEnabled", /^false$/i),
    why: "Known faults of the system and the runtime stay open until somebody thinks of it.",
    fix: "Set ManagedActionsEnabled to true, with PreferredStartTime and UpdateLevel.",
    controls: [],
    examples: examplesOf(
      "aws_elastic_beanstalk_environment",
      beanstalk("aws:elasticbeanstalk:managedactions", "ManagedActionsEnabled", "false"),
      beanstalk("aws:elasticbeanstalk:managedactions", "ManagedActionsEnabled", "true"),
      "shop",
    ),
  },
  {
    id: "aws-m2-public",
    severity: "critical",
    category: "exposure",
    title: "The mainframe environment can be reached from the internet",
    resourceTypes: ["aws_m2_environment"],
    failsWhen: isTrue("publicly_accessible"),
    why: "Programs that were written for a closed network are attacked from everywhere.",
    fix: "Set publicly_accessible = false; it needs a new environment.",
    controls: [],
    examples: examplesOf(
      "aws_m2_environment",
      'name = "ledger"\nengine_type = "microfocus"\ninstance_type = "M2.m5.large"\npublicly_accessible = true',
      'name = "ledger"\nengine_type = "microfocus"\ninstance_type = "M2.m5.large"\npublicly_accessible = false',
      "ledger",
    ),
  },
  {
    id: "aws-cloud9-by-ssh",
    severity: "low",
    category: "exposure",
    title: "The development machine waits for SSH",
    resourceTypes: ["aws_cloud9_environment_ec2"],
    failsWhen: not(equals("connection_type", "CONNECT_SSM")),
    why: "It needs an address on the internet and an open port.",
    fix: 'Set connection_type = "CONNECT_SSM".',
    controls: [],
    examples: examplesOf(
      "aws_cloud9_environment_ec2",
      'name = "ada"\ninstance_type = "t3.small"\nimage_id = "amazonlinux-2023-x86_64"\nconnection_type = "CONNECT_SSH"',
      'name = "ada"\ninstance_type = "t3.small"\nimage_id = "amazonlinux-2023-x86_64"\nconnection_type = "CONNECT_SSM"',
      "ada",
    ),
  },
];
