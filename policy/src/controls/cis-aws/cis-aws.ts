import { cisAwsIdentity } from "./identity.ts";
import { cisAwsLogging } from "./logging.ts";
import { cisAwsMonitoring } from "./monitoring.ts";
import { cisAwsNetwork } from "./network.ts";
import { cisAwsStorage } from "./storage.ts";
import type { Control } from "../control.ts";

/** All controls of CIS AWS Foundations 5.0, and those that only 7.0 has. Titles are in own words. */
export const cisAwsControls: readonly Control[] = [
  ...cisAwsIdentity,
  ...cisAwsStorage,
  ...cisAwsLogging,
  ...cisAwsMonitoring,
  ...cisAwsNetwork,
];
