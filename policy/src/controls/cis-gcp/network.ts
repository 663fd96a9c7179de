import { opensPorts } from "../../rules/google/firewall-ports.ts";
import { any } from "../../vocabulary/condition.ts";
import type { Condition, PortRange } from "../../vocabulary/condition.ts";
import { cisGcp } from "./edition.ts";
import type { Control } from "../control.ts";

/** The rule or policy opens this port, alone or among others. */
function opens(port: number): Condition {
  const test = (range: PortRange): boolean => range.from <= port && port <= range.to;
  return any(
    opensPorts({ blocks: "allow", protocol: "protocol" }, test),
    opensPorts({ blocks: "match.layer4_configs", protocol: "ip_protocol" }, test),
  );
}

/** Section 3 of CIS Google Cloud Foundations 5.0: networks. */
export const cisGcpNetwork: readonly Control[] = [
  cisGcp({ id: "3.1", title: "There is no default network", severity: "medium" }),
  cisGcp({ id: "3.3", title: "Public zones are signed", severity: "medium" }),
  cisGcp({ id: "3.4", title: "Keys that sign keys of zones are not made with SHA-1", severity: "medium" }),
  cisGcp({ id: "3.5", title: "Keys that sign zones are not made with SHA-1", severity: "medium" }),
  cisGcp({ id: "3.6", title: "SSH is not open to the internet", severity: "critical", counts: opens(22) }),
  cisGcp({ id: "3.7", title: "Remote desktop is not open to the internet", severity: "critical", counts: opens(3389) }),
  cisGcp({ id: "3.10", title: "The traffic of every subnet is logged", severity: "medium" }),
];
