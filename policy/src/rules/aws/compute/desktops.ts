import type { Rule } from "../../../rule.ts";
import { all, isTrue, not, some, worldOpen } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

const desktops = (inside: string) => `directory_id = "d-0abc"
workspace_creation_properties {
${inside}}`;

export const awsDesktopsRules: Rule[] = [
  {
    id: "aws-workspaces-from-everywhere",
    severity: "medium",
    category: "exposure",
    title: "Desktops may be used from every network",
    resourceTypes: ["aws_workspaces_ip_group"],
    failsWhen: some("rules", worldOpen("source"), ["source"]),
    why: "A stolen password is enough, from anywhere.",
    fix: "List the networks of offices and VPN.",
    controls: [],
    examples: examplesOf(
      "aws_workspaces_ip_group",
      'name = "offices"\nrules {\n  source = "0.0.0.0/0"\n}',
      'name = "offices"\nrules {\n  source = "203.0.113.0/24"\n}',
      "offices",
    ),
  },
  {
    id: "aws-workspaces-local-administrators",
    severity: "low",
    category: "access",
    title: "Users are administrators of their desktops",
    resourceTypes: ["aws_workspaces_directory"],
    failsWhen: isTrue("workspace_creation_properties.user_enabled_as_local_administrator"),
    why: "What a user starts by mistake can switch off the defences of the machine.",
    fix: "Set user_enabled_as_local_administrator = false.",
    controls: [],
    examples: examplesOf(
      "aws_workspaces_directory",
      desktops("  user_enabled_as_local_administrator = true\n"),
      desktops("  user_enabled_as_local_administrator = false\n"),
      "staff",
    ),
  },
  {
    id: "aws-appstream-internet",
    severity: "low",
    category: "exposure",
    title: "Streamed applications reach the internet past the network",
    resourceTypes: ["aws_appstream_fleet", "aws_appstream_image_builder"],
    failsWhen: isTrue("enable_default_internet_access"),
    why: "Each machine gets an address on the internet, and no firewall sees where data goes.",
    fix: "Set enable_default_internet_access = false and let traffic go out through the VPC.",
    controls: [],
    repair: "none",
    examples: examplesOf(
      "aws_appstream_fleet",
      'name = "office"\ninstance_type = "stream.standard.small"\nenable_default_internet_access = true',
      'name = "office"\ninstance_type = "stream.standard.small"\nenable_default_internet_access = false',
      "office",
    ),
  },
  {
    id: "aws-workspaces-not-encrypted",
    severity: "medium",
    category: "encryption",
    title: "A disk of the virtual desktop is not encrypted",
    resourceTypes: ["aws_workspaces_workspace"],
    failsWhen: not(all(isTrue("root_volume_encryption_enabled"), isTrue("user_volume_encryption_enabled"))),
    why: "Whoever gets hold of the disk can read everything that a person works on.",
    fix: "Set root_volume_encryption_enabled and user_volume_encryption_enabled to true, and volume_encryption_key.",
    controls: [],
    examples: {
      bad: `resource "aws_workspaces_workspace" "ada" {
  directory_id                   = "d-0abc"
  user_volume_encryption_enabled = true
}`,
      good: `resource "aws_workspaces_workspace" "ada" {
  directory_id                   = "d-0abc"
  root_volume_encryption_enabled = true
  user_volume_encryption_enabled = true
}`,
    },
  },
];
