import type { Rule } from "../../../rule.ts";
import { all, equals, some } from "../../../vocabulary/condition.ts";
import { anyMatches } from "../../../vocabulary/list.ts";
import { examplesOf } from "../example.ts";

const zfs = (clients: string, options: string) => `name = "files"
parent_volume_id = "fsvol-0abc"
nfs_exports {
  client_configurations {
    clients = "${clients}"
    options = ["${options}"]
  }
}`;

export const awsFsxRules: Rule[] = [
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
];
