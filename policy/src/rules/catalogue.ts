import type { Rule } from "../rule.ts";
import { awsComputeRules } from "./aws/compute.ts";
import { awsRdsRules } from "./aws/rds.ts";
import { awsS3Rules } from "./aws/s3.ts";
import { awsSecurityGroupRules } from "./aws/security-group.ts";
import { namingRule } from "./common/naming.ts";
import { allowedRegionsRule } from "./common/regions.ts";
import { requiredTagsRule } from "./common/tags.ts";
import { labBucketRules } from "./lab/bucket.ts";
import { labDatabaseRules } from "./lab/database.ts";
import { labFirewallRules } from "./lab/firewall.ts";

/** Every rule over resources. A new service is a file beside these and a line here. */
export const catalogue: readonly Rule[] = [
  ...labDatabaseRules,
  ...labFirewallRules,
  ...labBucketRules,
  ...awsRdsRules,
  ...awsSecurityGroupRules,
  ...awsS3Rules,
  ...awsComputeRules,
  requiredTagsRule,
  namingRule,
  allowedRegionsRule,
];
