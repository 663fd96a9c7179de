import { any, anything, matches, present } from "../../vocabulary/condition.ts";
import type { Condition } from "../../vocabulary/condition.ts";
import { opensToWorld } from "../../rules/azure/openings.ts";
import { cisAzure } from "./editions.ts";
import type { Control } from "../control.ts";

/** Of what the rules about administration and all ports find, what opens this port. */
function opens(port: number): Condition {
  const test = ({ range }: { range: { from: number; to: number } }): boolean => range.from <= port && port <= range.to;
  return any(opensToWorld("security_rule", test), opensToWorld(undefined, test));
}

/** Section 7 of CIS Azure Foundations 5.0: networks. */
export const cisAzureNetwork: readonly Control[] = [
  cisAzure({
    id: "7.1",
    title: "Remote desktop is not open to the internet",
    scope: "resource",
    severity: "critical",
    counts: opens(3389),
  }),
  cisAzure({
    id: "7.2",
    title: "SSH is not open to the internet",
    scope: "resource",
    severity: "critical",
    counts: opens(22),
  }),
  cisAzure({
    id: "7.3",
    title: "UDP services that serve attacks are not open to the internet",
    scope: "resource",
    severity: "high",
  }),
  cisAzure({
    id: "7.4",
    title: "It has been looked at which machines the web reaches directly",
    scope: "resource",
    severity: "medium",
  }),
  cisAzure({
    id: "7.5",
    title: "Flow logs of security groups are on and kept for 90 days",
    scope: "resource",
    severity: "low",
    counts: any(present("network_security_group_id"), matches("target_resource_id", /\/networkSecurityGroups\//i)),
  }),
  cisAzure({
    id: "7.6",
    title: "A network watcher is there",
    scope: "account",
    severity: "low",
    exists: { resourceTypes: ["azurerm_network_watcher"], where: anything },
  }),
  cisAzure({
    id: "7.8",
    title: "Flow logs of networks are on and kept for 90 days",
    scope: "resource",
    severity: "low",
    counts: matches("target_resource_id", /\/virtualNetworks\//i),
  }),
  cisAzure({
    id: "7.10",
    title: "Application gateways have a web application firewall",
    scope: "resource",
    severity: "medium",
  }),
  cisAzure({ id: "7.11", title: "Every subnet has a security group", scope: "joined", severity: "medium" }),
  cisAzure({
    id: "7.12",
    title: "Application gateways take TLS 1.2 and newer only",
    scope: "resource",
    severity: "medium",
  }),
  cisAzure({ id: "7.13", title: "Application gateways speak HTTP/2", scope: "resource", severity: "low" }),
  cisAzure({
    id: "7.14",
    title: "Web application firewalls read the bodies of requests",
    scope: "resource",
    severity: "medium",
  }),
  cisAzure({ id: "7.15", title: "Web application firewalls know bots", scope: "resource", severity: "medium" }),
  cisAzure({
    id: "8.4.1",
    title: "People reach machines through a bastion",
    scope: "account",
    severity: "low",
    exists: { resourceTypes: ["azurerm_bastion_host"], where: anything },
  }),
  cisAzure({ id: "8.5", title: "Networks are protected against floods", scope: "resource", severity: "low" }),
];
