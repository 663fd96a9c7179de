import type { Rule } from "../../../rule.ts";
import { all, equals, isTrue, not, present, some } from "../../../vocabulary/condition.ts";
import { anyMatches } from "../../../vocabulary/list.ts";
import { examplesOf } from "../example.ts";

const image = (permission: string) => `name = "base"
distribution {
  region = "eu-west-1"
  ami_distribution_configuration {
    name = "base-{{ imagebuilder:buildDate }}"
    launch_permission {
      ${permission}
    }
  }
}`;

const recipe = (encrypted: string) => `name = "base"
version = "1.0.0"
parent_image = "ami-0abc"
block_device_mapping {
  device_name = "/dev/xvda"
  ebs {
    encrypted = ${encrypted}
  }
}`;

const infrastructure = (tokens: string) => `name = "base"
instance_profile_name = "builder"
instance_metadata_options {
  http_tokens = "${tokens}"
}`;

export const awsImagesRules: Rule[] = [
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
    id: "aws-imagebuilder-metadata-tokens",
    severity: "medium",
    category: "access",
    title: "Machines that build images give metadata without a token",
    resourceTypes: ["aws_imagebuilder_infrastructure_configuration"],
    failsWhen: not(equals("instance_metadata_options.http_tokens", "required")),
    why: "What runs during the build can be made to give away the credentials of the builder's role.",
    fix: 'Add instance_metadata_options { http_tokens = "required" }.',
    controls: ["CIS AWS 5.0 5.7"],
    examples: examplesOf(
      "aws_imagebuilder_infrastructure_configuration",
      infrastructure("optional"),
      infrastructure("required"),
      "base",
    ),
  },
  {
    id: "aws-imagebuilder-public",
    severity: "critical",
    category: "exposure",
    title: "Images are shared with everybody",
    resourceTypes: ["aws_imagebuilder_distribution_configuration"],
    failsWhen: some(
      "distribution",
      anyMatches("ami_distribution_configuration.launch_permission.user_groups", /^all$/),
      ["region"],
    ),
    why: "Any AWS account can start the images and read what is on their disks.",
    fix: "Share them by user_ids, organization_arns or organizational_unit_arns.",
    controls: [],
    examples: examplesOf(
      "aws_imagebuilder_distribution_configuration",
      image('user_groups = ["all"]'),
      image('user_ids = ["111122223333"]'),
      "base",
    ),
  },
  {
    id: "aws-imagebuilder-disk-encrypted",
    severity: "medium",
    category: "encryption",
    title: "A disk of the image is not encrypted",
    resourceTypes: ["aws_imagebuilder_image_recipe"],
    failsWhen: some(
      "block_device_mapping",
      all(not(isTrue("ebs.encrypted")), present("ebs"), not(present("ebs.snapshot_id"))),
      ["device_name"],
    ),
    why: "Whoever gets hold of the image can read everything in it, and machines made from it are not encrypted either.",
    fix: "Set encrypted = true; accounts that get the image need the key.",
    controls: [],
    examples: examplesOf("aws_imagebuilder_image_recipe", recipe("false"), recipe("true"), "base"),
  },
];
