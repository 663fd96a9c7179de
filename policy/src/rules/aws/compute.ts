import type { Rule } from "../../rule.ts";
import { all, any, isTrue, not, present, some } from "../../vocabulary/condition.ts";

export const awsComputeRules: Rule[] = [
  {
    id: "aws-ebs-volume-encrypted",
    severity: "high",
    category: "encryption",
    title: "The volume is not encrypted",
    resourceTypes: ["aws_ebs_volume"],
    failsWhen: not(isTrue("encrypted")),
    why: "Whoever gets hold of the disk or a snapshot can read everything in it.",
    fix: "Set encrypted = true.",
    controls: ["CIS AWS 5.0 5.1.1"],
    examples: {
      bad: `resource "aws_ebs_volume" "orders" {
  availability_zone = "eu-central-1a"
  size              = 20
}`,
      good: `resource "aws_ebs_volume" "orders" {
  availability_zone = "eu-central-1a"
  size              = 20
  encrypted         = true
}`,
    },
  },
  {
    id: "aws-instance-disk-encrypted",
    severity: "high",
    category: "encryption",
    title: "A disk of the instance is not encrypted",
    resourceTypes: ["aws_instance", "aws_spot_instance_request"],
    // A launch template may say it; a disk made from a snapshot is encrypted when the snapshot is.
    failsWhen: any(
      all(
        not(isTrue("root_block_device.encrypted")),
        not(all(present("launch_template"), not(present("root_block_device")))),
      ),
      some("ebs_block_device", all(not(isTrue("encrypted")), not(present("snapshot_id"))), ["device_name"]),
    ),
    why: "Whoever gets hold of the disk or a snapshot can read everything in it.",
    fix: "Add root_block_device { encrypted = true }, and the same to every ebs_block_device.",
    controls: ["CIS AWS 5.0 5.1.1"],
    examples: {
      bad: `resource "aws_instance" "shop" {
  ami           = "ami-0abc"
  instance_type = "t3.small"
  metadata_options {
    http_tokens = "required"
  }
  root_block_device {
    encrypted = false
  }
}`,
      good: `resource "aws_instance" "shop" {
  ami           = "ami-0abc"
  instance_type = "t3.small"
  metadata_options {
    http_tokens = "required"
  }
  root_block_device {
    encrypted = true
  }
}`,
    },
  },
];
