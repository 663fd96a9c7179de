import type { Rule } from "../../rule.ts";
import { equals, isTrue, not, oneOf } from "../../vocabulary/condition.ts";

export const awsEbsRules: Rule[] = [
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
    id: "aws-ami-copy-encrypted",
    severity: "medium",
    category: "encryption",
    title: "The copied image is not encrypted",
    resourceTypes: ["aws_ami_copy"],
    failsWhen: not(isTrue("encrypted")),
    why: "Every machine made from the image begins with disks in clear.",
    fix: "Set encrypted = true.",
    controls: [],
    examples: {
      bad: `resource "aws_ami_copy" "base" {
  name              = "base"
  source_ami_id     = "ami-0abc"
  source_ami_region = "eu-west-1"
}`,
      good: `resource "aws_ami_copy" "base" {
  name              = "base"
  source_ami_id     = "ami-0abc"
  source_ami_region = "eu-west-1"
  encrypted         = true
}`,
    },
  },
  {
    id: "aws-ami-public",
    severity: "critical",
    category: "exposure",
    title: "The image is shared with everybody",
    resourceTypes: ["aws_ami_launch_permission"],
    failsWhen: equals("group", "all"),
    why: "Any AWS account can start the image and read what is on its disks.",
    fix: "Share it by account_id, organization_arn or organizational_unit_arn.",
    controls: [],
    examples: {
      bad: `resource "aws_ami_launch_permission" "base" {
  image_id = "ami-0abc"
  group    = "all"
}`,
      good: `resource "aws_ami_launch_permission" "base" {
  image_id   = "ami-0abc"
  account_id = "111122223333"
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
];
