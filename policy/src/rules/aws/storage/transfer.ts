import type { Rule } from "../../../rule.ts";
import { all, any, matches, not, oneOf, present } from "../../../vocabulary/condition.ts";
import { anyMatches } from "../../../vocabulary/list.ts";
import { examplesOf } from "../example.ts";

const serverOf = (protocol: string) => `resource "aws_transfer_server" "partners" {
  protocols            = ["${protocol}"]
  security_policy_name = "TransferSecurityPolicy-2024-01"
}`;

const server = (more: string) => `endpoint_type = "VPC"
logging_role = "arn:aws:iam::111122223333:role/transfer"
protocols = ["SFTP"]
security_policy_name = "TransferSecurityPolicy-2024-01"
${more}`;

export const awsTransferRules: Rule[] = [
  {
    id: "aws-transfer-plain-text",
    severity: "high",
    category: "encryption",
    title: "Files are exchanged over FTP without TLS",
    resourceTypes: ["aws_transfer_server"],
    failsWhen: anyMatches("protocols", /^FTP$/),
    why: "Passwords and files can be read on the way.",
    fix: 'Use protocols = ["SFTP"] or ["FTPS"].',
    controls: [],
    examples: { bad: serverOf("FTP"), good: serverOf("SFTP") },
  },
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
];
