import type { Rule } from "../../rule.ts";
import { all, equals, isTrue, not, oneOf, present, some } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";
import { examplesOf } from "./example.ts";

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

export const awsImageRules: Rule[] = [
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
