import { cisAzure3Controls } from "./cis-azure-3.ts";
import { cisAzureIdentity } from "./cis-azure-identity.ts";
import { cisAzureLogging } from "./cis-azure-logging.ts";
import { cisAzureNetwork } from "./cis-azure-network.ts";
import { cisAzureSecurity } from "./cis-azure-security.ts";
import { cisAzureStorage } from "./cis-azure-storage.ts";
import type { Control } from "./control.ts";

/** Controls of CIS Azure Foundations 5.0 that can be told from code, and of 3.0 what has left the newer edition. Titles are in own words. */
export const cisAzureControls: readonly Control[] = [
  ...cisAzureIdentity,
  ...cisAzureLogging,
  ...cisAzureNetwork,
  ...cisAzureSecurity,
  ...cisAzureStorage,
  ...cisAzure3Controls,
];
