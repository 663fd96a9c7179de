import type { Rule } from "../../rule.ts";
import { all, any, equals, isTrue, not, present, worldOpen } from "../../vocabulary/condition.ts";
import { worldOpenRules } from "../world-open.ts";
import { opensPorts } from "./firewall-ports.ts";

const controls = { database: [], administration: ["CIS GCP 5.0 3.6", "CIS GCP 5.0 3.7"] };

const portsOf = ({ from, to }: { from: number; to: number }): string =>
  to - from > 65000 ? "" : `\n    ports    = ["${from === to ? from : `${from}-${to}`}"]`;

const protocolOf = ({ from, to }: { from: number; to: number }): string => (to - from > 65000 ? "all" : "tcp");

const isInForce = all(not(equals("direction", "EGRESS")), not(isTrue("disabled")));

const ofNetworks = worldOpenRules({
  prefix: "google-firewall",
  resourceTypes: ["google_compute_firewall"],
  failsWhen: (test) =>
    all(worldOpen("source_ranges"), opensPorts({ blocks: "allow", protocol: "protocol" }, test), isInForce),
  example: (ports, cidr) => `resource "google_compute_firewall" "orders" {
  name          = "orders"
  network       = "shop"
  source_ranges = ["${cidr}"]
  allow {
    protocol = "${protocolOf(ports)}"${portsOf(ports)}
  }
  log_config {
    metadata = "INCLUDE_ALL_METADATA"
  }
}`,
  controls,
});

const ofPolicies = worldOpenRules({
  prefix: "google-firewall-policy",
  resourceTypes: [
    "google_compute_firewall_policy_rule",
    "google_compute_network_firewall_policy_rule",
    "google_compute_region_network_firewall_policy_rule",
  ],
  failsWhen: (test) =>
    all(
      worldOpen("match.src_ip_ranges"),
      opensPorts({ blocks: "match.layer4_configs", protocol: "ip_protocol" }, test),
      isInForce,
      equals("action", "allow"),
    ),
  example: (ports, cidr) => `resource "google_compute_network_firewall_policy_rule" "orders" {
  firewall_policy = "shop"
  priority        = 100
  action          = "allow"
  direction       = "INGRESS"
  enable_logging  = true
  match {
    src_ip_ranges = ["${cidr}"]
    layer4_configs {
      ip_protocol = "${protocolOf(ports)}"${portsOf(ports).replaceAll("    ports   ", "      ports      ")}
    }
  }
}`,
  controls,
});

export const googleFirewallRules: Rule[] = [
  ...ofNetworks,
  ...ofPolicies,
  {
    id: "google-firewall-not-logged",
    severity: "low",
    category: "logging",
    title: "What the firewall rule lets through or stops is not logged",
    resourceTypes: ["google_compute_firewall"],
    failsWhen: not(any(present("log_config"), isTrue("enable_logging"))),
    why: "After an incident nobody can tell who came in by this rule.",
    fix: "Add a log_config block.",
    controls: [],
    examples: {
      bad: `resource "google_compute_firewall" "orders" {
  name          = "orders"
  network       = "shop"
  source_ranges = ["10.20.0.0/16"]
  allow {
    protocol = "tcp"
    ports    = ["443"]
  }
}`,
      good: `resource "google_compute_firewall" "orders" {
  name          = "orders"
  network       = "shop"
  source_ranges = ["10.20.0.0/16"]
  allow {
    protocol = "tcp"
    ports    = ["443"]
  }
  log_config {
    metadata = "INCLUDE_ALL_METADATA"
  }
}`,
    },
  },
];
