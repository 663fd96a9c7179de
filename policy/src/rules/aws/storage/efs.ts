import type { Rule } from "../../../rule.ts";
import { holds, isTrue, matches, not } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

export const awsEfsRules: Rule[] = [
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
    id: "aws-efs-not-encrypted",
    severity: "high",
    category: "encryption",
    title: "The file system is not encrypted",
    resourceTypes: ["aws_efs_file_system"],
    failsWhen: not(isTrue("encrypted")),
    why: "Whoever gets hold of the disks or a backup can read everything; it cannot be switched on later.",
    fix: "Set encrypted = true.",
    controls: ["CIS AWS 5.0 2.3.1"],
    examples: {
      bad: `resource "aws_efs_file_system" "files" {
  creation_token = "files"
}`,
      good: `resource "aws_efs_file_system" "files" {
  creation_token = "files"
  encrypted      = true
}`,
    },
  },
];
