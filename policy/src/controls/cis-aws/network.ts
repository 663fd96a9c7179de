import { all, any, portRange, present, some, worldOpen } from "../../vocabulary/condition.ts";
import type { Condition, PortRange } from "../../vocabulary/condition.ts";
import { cisAws, cisAws7 } from "./editions.ts";
import type { Control } from "../control.ts";

const remote = [22, 3389];

function covers(ports: readonly number[]): (range: PortRange) => boolean {
  return (range) => range.all || ports.some((port) => range.from <= port && port <= range.to);
}

/** A group with its rules inside, or a rule beside it, the older or the newer way, opens one of the ports to the internet. */
function opened(ports: readonly number[], families: readonly ("IPv4" | "IPv6")[]): Condition {
  const opens = (protocol: string) => portRange({ from: "from_port", to: "to_port", protocol }, covers(ports));
  const networks = (four: string, six: string) =>
    any(...families.map((family) => worldOpen(family === "IPv4" ? four : six)));
  const older = all(networks("cidr_blocks", "ipv6_cidr_blocks"), opens("protocol"));
  return any(some("ingress", older), older, all(networks("cidr_ipv4", "cidr_ipv6"), opens("ip_protocol")));
}

/** Section 5 of CIS AWS Foundations 5.0: networks. */
export const cisAwsNetwork: readonly Control[] = [
  cisAws({
    id: "5.1.2",
    newId: "6.1.2",
    title: "Windows file sharing is not open to the internet",
    scope: "resource",
    severity: "high",
    counts: opened([445], ["IPv4", "IPv6"]),
  }),
  cisAws({
    id: "5.2",
    newId: "6.2",
    title: "Network access lists do not open administration to the internet",
    scope: "resource",
    severity: "medium",
  }),
  cisAws({
    id: "5.3",
    newId: "6.3",
    title: "Security groups do not open administration to the internet",
    scope: "resource",
    severity: "critical",
    // Node groups of a cluster open it by remote_access.
    counts: any(opened(remote, ["IPv4"]), present("remote_access")),
  }),
  cisAws({
    id: "5.4",
    newId: "6.4",
    title: "Security groups do not open administration to the internet over IPv6",
    scope: "resource",
    severity: "critical",
    counts: opened(remote, ["IPv6"]),
  }),
  cisAws({
    id: "5.5",
    newId: "6.5",
    title: "Default security groups let nothing through",
    scope: "joined",
    severity: "medium",
  }),
  cisAws({
    id: "5.6",
    newId: "6.6",
    title: "Routes into peered networks are narrow",
    scope: "joined",
    severity: "low",
  }),
  cisAws7({ id: "6.8", title: "Networks reach storage by endpoints", scope: "joined", severity: "low" }),
];
