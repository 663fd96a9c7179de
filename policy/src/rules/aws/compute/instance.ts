import type { Rule } from "../../../rule.ts";
import { all, any, equals, isTrue, not, oneOf, present, some } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

const launch = (address: boolean) => `image_id = "ami-0abc"
metadata_options {
  http_tokens = "required"
}
network_interfaces {
  associate_public_ip_address = ${address}
}`;

const withoutTokens = all(
  not(equals("metadata_options.http_tokens", "required")),
  not(equals("metadata_options.http_endpoint", "disabled")),
);

const metadata = {
  severity: "high",
  category: "access",
  title: "The instance's metadata can be read without a token",
  why: "A fault in an application that fetches addresses for others gives away the credentials of the instance's role.",
  fix: 'Add metadata_options { http_tokens = "required" }.',
  controls: ["CIS AWS 5.0 5.7"],
} as const;

const disk = {
  severity: "high",
  category: "encryption",
  title: "A disk of the instances is not encrypted",
  why: "Whoever gets hold of the disk or a snapshot can read everything in it.",
  fix: "Set encrypted = true for every disk.",
  controls: ["CIS AWS 5.0 5.1.1"],
} as const;

const tokens = `  metadata_options {
    http_tokens = "required"
  }`;

const configuration = (disks: string) => `resource "aws_launch_configuration" "shop" {
  image_id      = "ami-0abc"
  instance_type = "t3.small"
${tokens}
${disks}
}`;

const template = (encrypted: string) => `resource "aws_launch_template" "shop" {
  image_id = "ami-0abc"
${tokens}
  block_device_mappings {
    device_name = "/dev/sda1"
    ebs {
      volume_size = 20
      encrypted   = ${encrypted}
    }
  }
}`;

const instance = (more: string) => `resource "aws_instance" "shop" {
  ami           = "ami-0abc"
  instance_type = "t3.small"
  root_block_device {
    encrypted = true
  }
${more}
}`;

export const awsInstanceRules: Rule[] = [
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
    repair: "none",
    examples: examplesOf("aws_launch_template", launch(true), launch(false), "shop"),
  },
  {
    id: "aws-instance-serial-console-open",
    severity: "low",
    category: "access",
    title: "Machines can be used by their serial console",
    resourceTypes: ["aws_ec2_serial_console_access"],
    failsWhen: not(equals("enabled", false)),
    why: "It goes round security groups and logs; one stolen key gets to the boot menu of every machine.",
    fix: "Set enabled = false, and switch it on for the hour in which it is needed.",
    controls: [],
    examples: examplesOf("aws_ec2_serial_console_access", "enabled = true", "enabled = false", "all"),
  },
  {
    id: "aws-instance-metadata-default-without-tokens",
    severity: "medium",
    category: "access",
    title: "Machines that say nothing get metadata without a token",
    resourceTypes: ["aws_ec2_instance_metadata_defaults"],
    failsWhen: oneOf("http_tokens", ["optional"]),
    why: "A fault in an application that fetches addresses for others gives away the credentials of the instance's role.",
    fix: 'Set http_tokens = "required".',
    controls: ["CIS AWS 5.0 5.7"],
    examples: examplesOf(
      "aws_ec2_instance_metadata_defaults",
      'http_tokens = "optional"',
      'http_tokens = "required"',
      "all",
    ),
  },
  {
    ...metadata,
    id: "aws-instance-metadata-tokens",
    resourceTypes: ["aws_instance", "aws_spot_instance_request"],
    // With a launch template its options count.
    failsWhen: all(withoutTokens, not(present("launch_template"))),
    examples: { bad: instance(""), good: instance(tokens) },
  },
  {
    ...metadata,
    id: "aws-launch-template-metadata-tokens",
    resourceTypes: ["aws_launch_template", "aws_launch_configuration"],
    failsWhen: withoutTokens,
    examples: {
      bad: `resource "aws_launch_template" "shop" {
  image_id = "ami-0abc"
  metadata_options {
    http_tokens = "optional"
  }
}`,
      good: `resource "aws_launch_template" "shop" {
  image_id = "ami-0abc"
${tokens}
}`,
    },
  },
  {
    ...disk,
    id: "aws-launch-template-disk-encrypted",
    resourceTypes: ["aws_launch_template"],
    // A disk made from a snapshot is encrypted when the snapshot is.
    failsWhen: some(
      "block_device_mappings",
      all(not(isTrue("ebs.encrypted")), present("ebs"), not(present("ebs.snapshot_id"))),
      ["device_name"],
    ),
    examples: { bad: template("false"), good: template("true") },
  },
  {
    ...disk,
    id: "aws-launch-configuration-disk-encrypted",
    resourceTypes: ["aws_launch_configuration"],
    failsWhen: any(
      some("root_block_device", not(isTrue("encrypted"))),
      some("ebs_block_device", all(not(isTrue("encrypted")), not(present("snapshot_id")), not(isTrue("no_device"))), [
        "device_name",
      ]),
    ),
    examples: {
      bad: configuration(`  ebs_block_device {
    device_name = "/dev/sdb"
  }`),
      good: configuration(`  ebs_block_device {
    device_name = "/dev/sdb"
    encrypted   = true
  }`),
    },
  },
  {
    id: "aws-instance-public-address",
    severity: "medium",
    category: "exposure",
    title: "The instance gets an address on the internet",
    resourceTypes: ["aws_instance", "aws_spot_instance_request", "aws_launch_configuration"],
    failsWhen: isTrue("associate_public_ip_address"),
    why: "One wrong security group rule later anybody can attack the machine.",
    fix: "Put it into a private subnet, behind a load balancer or reachable by Session Manager.",
    controls: [],
    repair: "none",
    examples: {
      bad: instance(`${tokens}
  associate_public_ip_address = true`),
      good: instance(`${tokens}
  associate_public_ip_address = false`),
    },
  },
  {
    id: "aws-instance-without-role",
    severity: "low",
    category: "access",
    title: "The instance has no role",
    resourceTypes: ["aws_instance", "aws_spot_instance_request"],
    failsWhen: all(not(present("iam_instance_profile")), not(present("launch_template"))),
    why: "What runs on it and calls AWS then needs long-lived keys on its disk.",
    fix: "Give it an instance profile with the few permissions it needs.",
    controls: ["CIS AWS 5.0 1.17"],
    examples: {
      bad: instance(tokens),
      good: instance(`${tokens}
  iam_instance_profile = aws_iam_instance_profile.shop.name`),
    },
  },
];
