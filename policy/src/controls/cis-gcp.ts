import { cisGcpData } from "./cis-gcp-data.ts";
import { cisGcpIdentity } from "./cis-gcp-identity.ts";
import { cisGcpLogging } from "./cis-gcp-logging.ts";
import { cisGcpMachines } from "./cis-gcp-machines.ts";
import { cisGcpNetwork } from "./cis-gcp-network.ts";
import type { Control } from "./control.ts";

/** Controls of CIS Google Cloud Foundations 5.0 that can be told from code. Titles are in own words. */
export const cisGcpControls: readonly Control[] = [
  ...cisGcpIdentity,
  ...cisGcpLogging,
  ...cisGcpNetwork,
  ...cisGcpMachines,
  ...cisGcpData,
];
