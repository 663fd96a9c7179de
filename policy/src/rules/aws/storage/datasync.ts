import type { Rule } from "../../../rule.ts";
import { equals, not, oneOf } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

const objectStore = (protocol: string) => `agent_arns = ["arn:aws:datasync:eu-west-1:111122223333:agent/agent-0abc"]
server_hostname = "files.example.org"
bucket_name = "files"
server_protocol = "${protocol}"`;

export const awsDatasyncRules: Rule[] = [
  {
    id: "aws-datasync-plain-text",
    severity: "medium",
    category: "encryption",
    title: "Files are copied from the object store without TLS",
    resourceTypes: ["aws_datasync_location_object_storage"],
    failsWhen: equals("server_protocol", "HTTP"),
    why: "Whoever can listen on the network reads the files and the keys' signatures.",
    fix: 'Set server_protocol = "HTTPS".',
    controls: [],
    examples: examplesOf("aws_datasync_location_object_storage", objectStore("HTTP"), objectStore("HTTPS"), "files"),
  },
  {
    id: "aws-datasync-old-smb",
    severity: "medium",
    category: "encryption",
    title: "Files are copied by a version of SMB that does not encrypt",
    resourceTypes: ["aws_datasync_location_smb"],
    failsWhen: oneOf("mount_options.version", ["SMB1", "SMB2", "SMB2_0"]),
    why: "Whoever can listen on the network reads the files; the first version has faults that worms used.",
    fix: 'Set mount_options { version = "SMB3" }.',
    controls: [],
    examples: examplesOf(
      "aws_datasync_location_smb",
      'server_hostname = "files.example.org"\nsubdirectory = "/orders"\nmount_options {\n  version = "SMB2"\n}',
      'server_hostname = "files.example.org"\nsubdirectory = "/orders"\nmount_options {\n  version = "SMB3"\n}',
      "files",
    ),
  },
  {
    id: "aws-datasync-efs-plain-text",
    severity: "medium",
    category: "encryption",
    title: "Files are copied from or to the file system without TLS",
    resourceTypes: ["aws_datasync_location_efs"],
    failsWhen: not(equals("in_transit_encryption", "TLS1_2")),
    why: "Whoever can listen on the network reads the files.",
    fix: 'Set in_transit_encryption = "TLS1_2".',
    controls: [],
    examples: examplesOf(
      "aws_datasync_location_efs",
      'efs_file_system_arn = "arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-0abc"',
      'efs_file_system_arn = "arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-0abc"\nin_transit_encryption = "TLS1_2"',
      "files",
    ),
  },
];
