import { equals, not } from "../../vocabulary/condition.ts";
import { cisGcp } from "./edition.ts";
import type { Control } from "../control.ts";

/** Sections 4 and 5 of CIS Google Cloud Foundations 5.0: machines and buckets. */
export const cisGcpMachines: readonly Control[] = [
  cisGcp({ id: "4.1", title: "Machines do not run as the default service account", severity: "high" }),
  cisGcp({
    id: "4.2",
    title: "Machines do not reach all interfaces of the cloud as the default service account",
    severity: "high",
  }),
  cisGcp({ id: "4.3", title: "Keys of the project do not open machines", severity: "medium" }),
  cisGcp({
    id: "4.4",
    title: "People log in to machines by OS Login",
    scope: "joined",
    severity: "medium",
    counts: not(equals("key", "serial-port-enable")),
  }),
  cisGcp({
    id: "4.5",
    title: "Serial consoles cannot be reached over the network",
    severity: "medium",
    counts: not(equals("key", "enable-oslogin")),
  }),
  cisGcp({ id: "4.6", title: "Machines do not forward packets", severity: "medium" }),
  cisGcp({ id: "4.7", title: "Disks are encrypted with keys of your own", severity: "low" }),
  cisGcp({ id: "4.8", title: "The start of machines is measured and watched", severity: "medium" }),
  cisGcp({ id: "4.9", title: "Machines have no addresses on the internet", severity: "high" }),
  cisGcp({ id: "4.11", title: "The memory of machines is encrypted", severity: "low" }),
  cisGcp({ id: "5.1", title: "Buckets are not open to everybody", severity: "critical" }),
  cisGcp({ id: "5.2", title: "Access to buckets is given by roles alone", severity: "medium" }),
];
