import type { Rule } from "../rule.ts";
import { awsRules } from "./aws/aws-rules.ts";
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
  ...awsRules,
  requiredTagsRule,
  namingRule,
  allowedRegionsRule,
];
