import { cisAzure3Controls } from "./edition-3.ts";
import { cisAzureIdentity } from "./identity.ts";
import { cisAzureLogging } from "./logging.ts";
import { cisAzureNetwork } from "./network.ts";
import { cisAzureSecurity } from "./security.ts";
import { cisAzureStorage } from "./storage.ts";
import type { Control } from "../control.ts";

/** Controls of CIS Azure Foundations 5.0 that can be told from code, and of 3.0 what has left the newer edition. Titles are in own words. */
export const cisAzureControls: readonly Control[] = [
  ...cisAzureIdentity,
  ...cisAzureLogging,
  ...cisAzureNetwork,
  ...cisAzureSecurity,
  ...cisAzureStorage,
  ...cisAzure3Controls,
];
