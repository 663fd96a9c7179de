import type { Rule } from "../../rule.ts";
import { awsComputeRules } from "./compute.ts";
import { awsEbsRules } from "./ebs.ts";
import { awsIamPolicyRules } from "./iam-policy.ts";
import { awsIamTrustRules } from "./iam-trust.ts";
import { awsIamUserRules } from "./iam-user.ts";
import { awsInstanceRules } from "./instance.ts";
import { awsNetworkAclRules } from "./network-acl.ts";
import { awsRdsOperationsRules } from "./rds-operations.ts";
import { awsRdsRules } from "./rds.ts";
import { awsS3HygieneRules } from "./s3-hygiene.ts";
import { awsS3Rules } from "./s3.ts";
import { awsSecurityGroupRules } from "./security-group.ts";
import { awsVpcRules } from "./vpc.ts";

/** Every rule about AWS. A new service is a file beside these and a line here. */
export const awsRules: readonly Rule[] = [
  ...awsRdsRules,
  ...awsRdsOperationsRules,
  ...awsSecurityGroupRules,
  ...awsNetworkAclRules,
  ...awsVpcRules,
  ...awsS3Rules,
  ...awsS3HygieneRules,
  ...awsComputeRules,
  ...awsInstanceRules,
  ...awsEbsRules,
  ...awsIamPolicyRules,
  ...awsIamTrustRules,
  ...awsIamUserRules,
];
