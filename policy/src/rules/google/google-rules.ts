import type { Rule } from "../../rule.ts";
import { googleAnalyticsRules } from "./analytics.ts";
import { googleBigqueryRules } from "./bigquery.ts";
import { googleBuildRules } from "./builds.ts";
import { googleDataStoreRules } from "./data-stores.ts";
import { googleDefaultAccountRules } from "./default-accounts.ts";
import { googleDnsRules } from "./dns.ts";
import { googleFirewallRules } from "./firewall.ts";
import { googleGkeNodeRules } from "./gke-nodes.ts";
import { googleGkeRules } from "./gke.ts";
import { googleIamAccountRules } from "./iam-accounts.ts";
import { googleIamRules } from "./iam.ts";
import { googleInstanceLoginRules } from "./instance-login.ts";
import { googleInstanceRules } from "./instance.ts";
import { googleKmsRules } from "./kms.ts";
import { googleLoadBalancerRules } from "./load-balancer.ts";
import { googleNetworkRules } from "./network.ts";
import { googleOwnKeyRules } from "./own-keys.ts";
import { googlePlatformRules } from "./platform.ts";
import { googlePublicGrantRules } from "./public-grants.ts";
import { googleServerlessRules } from "./serverless.ts";
import { googleSqlFlagRules } from "./sql-flags.ts";
import { googleSqlRules } from "./sql.ts";
import { googleStorageAccessListRules } from "./storage-access-lists.ts";
import { googleStorageRules } from "./storage.ts";

/** Every rule about Google Cloud. A new service is a file beside this one and a line here. */
export const googleRules: readonly Rule[] = [
  ...googleAnalyticsRules,
  ...googleBigqueryRules,
  ...googleBuildRules,
  ...googleDataStoreRules,
  ...googleDefaultAccountRules,
  ...googleDnsRules,
  ...googleFirewallRules,
  ...googleGkeNodeRules,
  ...googleGkeRules,
  ...googleIamAccountRules,
  ...googleIamRules,
  ...googleInstanceLoginRules,
  ...googleInstanceRules,
  ...googleKmsRules,
  ...googleLoadBalancerRules,
  ...googleNetworkRules,
  ...googleOwnKeyRules,
  ...googlePlatformRules,
  ...googlePublicGrantRules,
  ...googleServerlessRules,
  ...googleSqlFlagRules,
  ...googleSqlRules,
  ...googleStorageAccessListRules,
  ...googleStorageRules,
];
