import type { Rule } from "../../rule.ts";
import { all, equals, holds, isTrue, matches, some, worldOpen } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";
import { examplesOf } from "./example.ts";

const zfs = (clients: string, options: string) => `name = "files"
parent_volume_id = "fsvol-0abc"
nfs_exports {
  client_configurations {
    clients = "${clients}"
    options = ["${options}"]
  }
}`;

const share = (
  clients: string,
  squash: string,
) => `gateway_arn = "arn:aws:storagegateway:eu-west-1:111122223333:gateway/sgw-0abc"
location_arn = "arn:aws:s3:::files"
role_arn = "arn:aws:iam::111122223333:role/files"
client_list = ["${clients}"]
squash = "${squash}"`;

const windowsShare = (
  authentication: string,
) => `gateway_arn = "arn:aws:storagegateway:eu-west-1:111122223333:gateway/sgw-0abc"
location_arn = "arn:aws:s3:::files"
role_arn = "arn:aws:iam::111122223333:role/files"
authentication = "${authentication}"`;

const desktops = (inside: string) => `directory_id = "d-0abc"
workspace_creation_properties {
${inside}}`;

export const awsFileAndDesktopRules: Rule[] = [
  {
    id: "aws-fsx-not-backed-up",
    severity: "medium",
    category: "recovery",
    title: "The file system is not backed up",
    resourceTypes: ["aws_fsx_windows_file_system", "aws_fsx_ontap_file_system", "aws_fsx_openzfs_file_system"],
    // Where nothing is set, Windows keeps seven days and the others none.
    failsWhen: equals("automatic_backup_retention_days", 0),
    why: "Without automatic backups there is no way back after a fault or an attack.",
    fix: "Set automatic_backup_retention_days to the days you need, at least 7.",
    controls: [],
    examples: examplesOf(
      "aws_fsx_windows_file_system",
      'subnet_ids = ["subnet-0abc"]\nthroughput_capacity = 32\nautomatic_backup_retention_days = 0',
      'subnet_ids = ["subnet-0abc"]\nthroughput_capacity = 32\nautomatic_backup_retention_days = 14',
      "files",
    ),
  },
  {
    id: "aws-fsx-everybody-root",
    severity: "medium",
    category: "access",
    title: "Every machine may be root on the volume",
    resourceTypes: ["aws_fsx_openzfs_volume"],
    failsWhen: some(
      "nfs_exports",
      some("client_configurations", all(anyMatches("options", /^no_root_squash$/), equals("clients", "*"))),
    ),
    why: "Whoever reaches the network reads and changes every file, whoever it belongs to.",
    fix: "Name the networks in clients and leave no_root_squash out.",
    controls: [],
    examples: examplesOf("aws_fsx_openzfs_volume", zfs("*", "no_root_squash"), zfs("10.20.0.0/16", "rw"), "files"),
  },
  {
    id: "aws-efs-not-backed-up",
    severity: "low",
    category: "recovery",
    title: "Backups of the file system are switched off",
    resourceTypes: ["aws_efs_backup_policy"],
    failsWhen: matches("backup_policy.status", /^DISABL/),
    why: "What is overwritten or deleted, by mistake or by an attacker, is gone.",
    fix: 'Set status = "ENABLED".',
    controls: [],
    examples: examplesOf(
      "aws_efs_backup_policy",
      'file_system_id = "fs-0abc"\nbackup_policy {\n  status = "DISABLED"\n}',
      'file_system_id = "fs-0abc"\nbackup_policy {\n  status = "ENABLED"\n}',
      "files",
    ),
  },
  {
    id: "aws-efs-access-point-root",
    severity: "low",
    category: "access",
    title: "Whoever mounts by the access point is root",
    resourceTypes: ["aws_efs_access_point"],
    failsWhen: holds("posix_user.uid", "number", (uid) => uid === 0 || uid === "0"),
    why: "One application can read and change the files of all others on the file system.",
    fix: "Give each application a user of its own in posix_user, and a directory by root_directory.",
    controls: [],
    examples: examplesOf(
      "aws_efs_access_point",
      'file_system_id = "fs-0abc"\nposix_user {\n  uid = 0\n  gid = 0\n}',
      'file_system_id = "fs-0abc"\nposix_user {\n  uid = 1000\n  gid = 1000\n}',
      "files",
    ),
  },
  {
    id: "aws-storagegateway-open",
    severity: "high",
    category: "exposure",
    title: "Every network may mount the file share",
    resourceTypes: ["aws_storagegateway_nfs_file_share"],
    failsWhen: worldOpen("client_list"),
    why: "The protocol asks for no password: whoever reaches the gateway reads and changes the bucket behind it.",
    fix: "List the machines or networks in client_list.",
    controls: [],
    examples: examplesOf(
      "aws_storagegateway_nfs_file_share",
      share("0.0.0.0/0", "RootSquash"),
      share("10.20.0.0/16", "RootSquash"),
      "files",
    ),
  },
  {
    id: "aws-storagegateway-everybody-root",
    severity: "low",
    category: "access",
    title: "Clients may be root on the file share",
    resourceTypes: ["aws_storagegateway_nfs_file_share"],
    failsWhen: equals("squash", "NoSquash"),
    why: "Whoever is root on one client reads and changes every file, whoever it belongs to.",
    fix: 'Set squash = "RootSquash".',
    controls: [],
    examples: examplesOf(
      "aws_storagegateway_nfs_file_share",
      share("10.20.0.0/16", "NoSquash"),
      share("10.20.0.0/16", "RootSquash"),
      "files",
    ),
  },
  {
    id: "aws-storagegateway-guests",
    severity: "medium",
    category: "access",
    title: "Guests may use the file share",
    resourceTypes: ["aws_storagegateway_smb_file_share"],
    failsWhen: equals("authentication", "GuestAccess"),
    why: "One shared password opens it, and nobody can tell who did what.",
    fix: 'Set authentication = "ActiveDirectory".',
    controls: [],
    examples: examplesOf(
      "aws_storagegateway_smb_file_share",
      windowsShare("GuestAccess"),
      windowsShare("ActiveDirectory"),
      "files",
    ),
  },
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
    examples: examplesOf(
      "aws_appstream_fleet",
      'name = "office"\ninstance_type = "stream.standard.small"\nenable_default_internet_access = true',
      'name = "office"\ninstance_type = "stream.standard.small"\nenable_default_internet_access = false',
      "office",
    ),
  },
];
