import type { Rule } from "../../../rule.ts";
import { equals, worldOpen } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

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

export const awsStorageGatewayRules: Rule[] = [
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
];
