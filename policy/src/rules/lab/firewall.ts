import { all, portRange, some, worldOpen } from "../../vocabulary/condition.ts";
import { worldOpenRules } from "../world-open.ts";

export const labFirewallRules = worldOpenRules({
  prefix: "lab-firewall",
  resourceTypes: ["lab_firewall"],
  failsWhen: (test) =>
    some("ingress", all(worldOpen("cidr"), portRange({ from: "port", to: "port", protocol: "protocol" }, test)), [
      "port",
      "protocol",
      "cidr",
    ]),
  // A lab firewall opens single ports; "all" is its protocol for every one of them.
  example: ({ from, to }, cidr) => `resource "lab_firewall" "orders" {
  name    = "orders"
  ingress = [{ port = ${from}, protocol = "${from === to ? "tcp" : "all"}", cidr = "${cidr}", description = "callers" }]
}`,
  controls: { database: [], administration: [] },
});
