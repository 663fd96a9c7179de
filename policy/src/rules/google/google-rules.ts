import type { Rule } from "../../rule.ts";
import { googleFirewallRules } from "./firewall.ts";
import { googleIamAccountRules } from "./iam-accounts.ts";
import { googleIamRules } from "./iam.ts";
import { googleInstanceLoginRules } from "./instance-login.ts";
import { googleInstanceRules } from "./instance.ts";
import { googleKmsRules } from "./kms.ts";
import { googleLoadBalancerRules } from "./load-balancer.ts";
import { googleNetworkRules } from "./network.ts";
import { googlePublicGrantRules } from "./public-grants.ts";
import { googleSqlFlagRules } from "./sql-flags.ts";
import { googleSqlRules } from "./sql.ts";
import { googleStorageAccessListRules } from "./storage-access-lists.ts";
import { googleStorageRules } from "./storage.ts";

/** Every rule about Google Cloud. A new service is a file beside this one and a line here. */
export const googleRules: readonly Rule[] = [
  ...googleFirewallRules,
  ...googleIamAccountRules,
  ...googleIamRules,
  ...googleInstanceLoginRules,
  ...googleInstanceRules,
  ...googleKmsRules,
  ...googleLoadBalancerRules,
  ...googleNetworkRules,
  ...googlePublicGrantRules,
  ...googleSqlFlagRules,
  ...googleSqlRules,
  ...googleStorageAccessListRules,
  ...googleStorageRules,
];
