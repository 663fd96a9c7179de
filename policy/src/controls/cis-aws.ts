import { cisAwsIdentity } from "./cis-aws-identity.ts";
import { cisAwsLogging } from "./cis-aws-logging.ts";
import { cisAwsMonitoring } from "./cis-aws-monitoring.ts";
import { cisAwsNetwork } from "./cis-aws-network.ts";
import { cisAwsStorage } from "./cis-aws-storage.ts";
import type { Control } from "./control.ts";

/** All controls of CIS AWS Foundations 5.0, and those that only 7.0 has. Titles are in own words. */
export const cisAwsControls: readonly Control[] = [
  ...cisAwsIdentity,
  ...cisAwsStorage,
  ...cisAwsLogging,
  ...cisAwsMonitoring,
  ...cisAwsNetwork,
];
