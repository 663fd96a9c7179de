import type { Rule } from "../../../rule.ts";
import { all, any, equals, isTrue, not, oneOf, present, some } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

export const awsEbsRules: Rule[] = [
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
  {
    id: "aws-ebs-default-encryption-off",
    severity: "high",
    category: "encryption",
    title: "Disks of the region are not encrypted by default",
    resourceTypes: ["aws_ebs_encryption_by_default"],
    failsWhen: equals("enabled", false),
    why: "Every disk that somebody makes without thinking of encryption lies in clear.",
    fix: "Set enabled = true.",
    controls: ["CIS AWS 5.0 5.1.1"],
    examples: {
      bad: `resource "aws_ebs_encryption_by_default" "all" {
  enabled = false
}`,
      good: `resource "aws_ebs_encryption_by_default" "all" {
  enabled = true
}`,
    },
  },
  {
    id: "aws-ebs-snapshot-sharing-unblocked",
    severity: "medium",
    category: "exposure",
    title: "Snapshots and images of the region may be made public",
    resourceTypes: ["aws_ebs_snapshot_block_public_access", "aws_ec2_image_block_public_access"],
    failsWhen: oneOf("state", ["unblocked"]),
    why: "One wrong call publishes a disk with everything on it.",
    fix: "Set the state to one that blocks: block-all-sharing for snapshots, block-new-sharing for images.",
    controls: [],
    examples: {
      bad: `resource "aws_ebs_snapshot_block_public_access" "all" {
  state = "unblocked"
}`,
      good: `resource "aws_ebs_snapshot_block_public_access" "all" {
  state = "block-all-sharing"
}`,
    },
  },
  {
    id: "aws-ebs-snapshot-not-encrypted",
    severity: "medium",
    category: "encryption",
    title: "The copy of the snapshot is not encrypted",
    resourceTypes: ["aws_ebs_snapshot_copy", "aws_ebs_snapshot_import"],
    // A copy of an encrypted snapshot is encrypted; with a key of its own it is in any case.
    failsWhen: all(not(isTrue("encrypted")), not(present("kms_key_id"))),
    why: "Whoever gets hold of the snapshot can read everything in it.",
    fix: "Set encrypted = true.",
    controls: ["CIS AWS 5.0 5.1.1"],
    examples: examplesOf(
      "aws_ebs_snapshot_copy",
      'source_snapshot_id = "snap-0abc"\nsource_region = "eu-west-1"',
      'source_snapshot_id = "snap-0abc"\nsource_region = "eu-west-1"\nencrypted = true',
    ),
  },
];
