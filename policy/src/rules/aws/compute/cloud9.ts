import type { Rule } from "../../../rule.ts";
import { equals, not } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

export const awsCloud9Rules: Rule[] = [
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
