import type { Rule } from "../../rule.ts";
import { all, any, equals, matches, not, oneOf, present } from "../../vocabulary/condition.ts";
import { examplesOf } from "./example.ts";

const server = (more: string) => `endpoint_type = "VPC"
logging_role = "arn:aws:iam::111122223333:role/transfer"
protocols = ["SFTP"]
security_policy_name = "TransferSecurityPolicy-2024-01"
${more}`;

const objectStore = (protocol: string) => `agent_arns = ["arn:aws:datasync:eu-west-1:111122223333:agent/agent-0abc"]
server_hostname = "files.example.org"
bucket_name = "files"
server_protocol = "${protocol}"`;

export const awsFileTransferRules: Rule[] = [
  {
    id: "aws-transfer-old-algorithms",
    severity: "medium",
    category: "encryption",
    title: "The file transfer server takes old algorithms",
    resourceTypes: ["aws_transfer_server"],
    // Where none is named the provider takes TransferSecurityPolicy-2018-11.
    failsWhen: any(
      matches("security_policy_name", /^TransferSecurityPolicy-(?:2018-11|2020-06|FIPS-2020-06)$/),
      not(present("security_policy_name")),
    ),
    why: "The policy allows ciphers and SHA-1 signatures which no longer stand.",
    fix: 'Set security_policy_name = "TransferSecurityPolicy-2024-01" or newer.',
    controls: [],
    examples: examplesOf(
      "aws_transfer_server",
      'protocols = ["SFTP"]\nlogging_role = "arn:aws:iam::111122223333:role/transfer"\nsecurity_policy_name = "TransferSecurityPolicy-2018-11"',
      'protocols = ["SFTP"]\nlogging_role = "arn:aws:iam::111122223333:role/transfer"\nsecurity_policy_name = "TransferSecurityPolicy-2024-01"',
      "files",
    ),
  },
  {
    id: "aws-transfer-not-logged",
    severity: "medium",
    category: "logging",
    title: "What the file transfer server does is not logged",
    resourceTypes: ["aws_transfer_server"],
    failsWhen: all(not(present("logging_role")), not(present("structured_log_destinations"))),
    why: "After an incident nobody can tell who fetched what.",
    fix: "Set structured_log_destinations to a log group, or logging_role.",
    controls: [],
    examples: examplesOf(
      "aws_transfer_server",
      'protocols = ["SFTP"]\nsecurity_policy_name = "TransferSecurityPolicy-2024-01"',
      'protocols = ["SFTP"]\nsecurity_policy_name = "TransferSecurityPolicy-2024-01"\nstructured_log_destinations = ["arn:aws:logs:eu-west-1:111122223333:log-group:transfer:*"]',
      "files",
    ),
  },
  {
    id: "aws-transfer-public",
    severity: "low",
    category: "exposure",
    title: "The file transfer server takes connections from every network",
    resourceTypes: ["aws_transfer_server"],
    failsWhen: not(oneOf("endpoint_type", ["VPC", "VPC_ENDPOINT"])),
    why: "No security group stands before it; anybody can try passwords and keys.",
    fix: 'Set endpoint_type = "VPC" with endpoint_details, and a security group that names the partners\' networks.',
    controls: [],
    examples: examplesOf(
      "aws_transfer_server",
      server("").replace('"VPC"', '"PUBLIC"'),
      server('endpoint_details {\n  vpc_id     = "vpc-0abc"\n  subnet_ids = ["subnet-0abc"]\n}'),
      "files",
    ),
  },
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
