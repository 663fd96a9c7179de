import { all, anything, connected, holds, present } from "../../vocabulary/condition.ts";
import { cisAws } from "./editions.ts";
import type { Control, Existence } from "../control.ts";

/**
 * A filter of the trail's log group whose pattern names all of these words, with an alarm on its metric that tells
 * somebody. Who subscribed to the alarm's topic is often settled by hand and not asked for.
 */
function watched(...words: readonly (string | RegExp)[]): Existence {
  const patterns = words.map((word) => (typeof word === "string" ? new RegExp(String.raw`\b${word}\b`) : word));
  return {
    resourceTypes: ["aws_cloudwatch_log_metric_filter"],
    where: all(
      holds("pattern", "text", (text) => typeof text === "string" && patterns.every((pattern) => pattern.test(text))),
      connected(
        "aws_cloudwatch_metric_alarm",
        { from: "metric_name", to: ["metric_transformation.name", "name"] },
        present("alarm_actions"),
      ),
    ),
  };
}

function watch(number: number, title: string, exists: Existence): Control {
  return cisAws({
    id: `4.${number}`,
    newId: `5.${number}`,
    title: `Somebody is told of ${title}`,
    scope: "account",
    severity: number === 16 ? "medium" : "low",
    exists,
  });
}

/** Section 4 of CIS AWS Foundations 5.0: alarms. The words are names of API calls in CloudTrail's events. */
export const cisAwsMonitoring: readonly Control[] = [
  watch(1, "calls that were not allowed", watched(/UnauthorizedOperation/, /AccessDenied/)),
  watch(2, "logins without a second factor", watched("ConsoleLogin", "MFAUsed")),
  watch(3, "what the root user does", watched(/userIdentity\.type\s*=\s*"?Root/)),
  watch(
    4,
    "changes of IAM policies",
    watched(
      "DeleteGroupPolicy",
      "DeleteRolePolicy",
      "DeleteUserPolicy",
      "PutGroupPolicy",
      "PutRolePolicy",
      "PutUserPolicy",
      "CreatePolicy",
      "DeletePolicy",
      "CreatePolicyVersion",
      "DeletePolicyVersion",
      "AttachRolePolicy",
      "DetachRolePolicy",
      "AttachUserPolicy",
      "DetachUserPolicy",
      "AttachGroupPolicy",
      "DetachGroupPolicy",
    ),
  ),
  watch(5, "changes of trails", watched("CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging")),
  watch(6, "failed logins", watched("ConsoleLogin", /Failed authentication/)),
  watch(
    7,
    "keys that are switched off or deleted",
    watched(/kms\.amazonaws\.com/, "DisableKey", "ScheduleKeyDeletion"),
  ),
  watch(
    8,
    "changes of buckets' policies",
    watched(
      "PutBucketAcl",
      "PutBucketPolicy",
      "PutBucketCors",
      "PutBucketLifecycle",
      "PutBucketReplication",
      "DeleteBucketPolicy",
      "DeleteBucketCors",
      "DeleteBucketLifecycle",
      "DeleteBucketReplication",
    ),
  ),
  watch(
    9,
    "changes of the configuration recorder",
    watched("StopConfigurationRecorder", "DeleteDeliveryChannel", "PutDeliveryChannel", "PutConfigurationRecorder"),
  ),
  watch(
    10,
    "changes of security groups",
    watched(
      "AuthorizeSecurityGroupIngress",
      "AuthorizeSecurityGroupEgress",
      "RevokeSecurityGroupIngress",
      "RevokeSecurityGroupEgress",
      "CreateSecurityGroup",
      "DeleteSecurityGroup",
    ),
  ),
  watch(
    11,
    "changes of network access lists",
    watched(
      "CreateNetworkAcl",
      "CreateNetworkAclEntry",
      "DeleteNetworkAcl",
      "DeleteNetworkAclEntry",
      "ReplaceNetworkAclEntry",
      "ReplaceNetworkAclAssociation",
    ),
  ),
  watch(
    12,
    "changes of gateways",
    watched(
      "CreateCustomerGateway",
      "DeleteCustomerGateway",
      "AttachInternetGateway",
      "CreateInternetGateway",
      "DeleteInternetGateway",
      "DetachInternetGateway",
    ),
  ),
  watch(
    13,
    "changes of routes",
    watched(
      "CreateRoute",
      "CreateRouteTable",
      "ReplaceRoute",
      "ReplaceRouteTableAssociation",
      "DeleteRouteTable",
      "DeleteRoute",
      "DisassociateRouteTable",
    ),
  ),
  watch(
    14,
    "changes of networks",
    watched(
      "CreateVpc",
      "DeleteVpc",
      "ModifyVpcAttribute",
      "AcceptVpcPeeringConnection",
      "CreateVpcPeeringConnection",
      "DeleteVpcPeeringConnection",
      "RejectVpcPeeringConnection",
    ),
  ),
  watch(
    15,
    "changes of the organization",
    watched(
      /organizations\.amazonaws\.com/,
      "AcceptHandshake",
      "AttachPolicy",
      "CreateAccount",
      "CreateOrganizationalUnit",
      "DeleteOrganization",
      "DetachPolicy",
      "DisablePolicyType",
      "InviteAccountToOrganization",
      "LeaveOrganization",
      "MoveAccount",
      "RemoveAccountFromOrganization",
    ),
  ),
  watch(16, "findings of all services, in Security Hub", {
    resourceTypes: ["aws_securityhub_account"],
    where: anything,
  }),
];
