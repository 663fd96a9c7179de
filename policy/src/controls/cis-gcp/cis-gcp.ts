import { cisGcpData } from "./data.ts";
import { cisGcpIdentity } from "./identity.ts";
import { cisGcpLogging } from "./logging.ts";
import { cisGcpMachines } from "./machines.ts";
import { cisGcpNetwork } from "./network.ts";
import type { Control } from "../control.ts";

/** Controls of CIS Google Cloud Foundations 5.0 that can be told from code. Titles are in own words. */
export const cisGcpControls: readonly Control[] = [
  ...cisGcpIdentity,
  ...cisGcpLogging,
  ...cisGcpNetwork,
  ...cisGcpMachines,
  ...cisGcpData,
];
