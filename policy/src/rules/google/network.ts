import type { Rule } from "../../rule.ts";
import { all, any, equals, isTrue, not, oneOf, present } from "../../vocabulary/condition.ts";

/** Subnets for proxies and service attachments hold no machines. */
const holdsMachines = not(
  oneOf("purpose", [
    "GLOBAL_MANAGED_PROXY",
    "INTERNAL_HTTPS_LOAD_BALANCER",
    "PRIVATE_NAT",
    "PRIVATE_SERVICE_CONNECT",
    "REGIONAL_MANAGED_PROXY",
  ]),
);

const subnetwork = (more: string) => `resource "google_compute_subnetwork" "shop" {
  name                     = "shop"
  network                  = "shop"
  ip_cidr_range            = "10.20.0.0/20"
${more}
}`;

const logs = `  log_config {
    aggregation_interval = "INTERVAL_5_SEC"
  }`;
const privateAccess = "  private_ip_google_access = true";

const nat = (more: string) => `resource "google_compute_router_nat" "shop" {
  name                               = "shop"
  router                             = "shop"
  source_subnetwork_ip_ranges_to_nat = "ALL_SUBNETWORKS_ALL_IP_RANGES"
${more}
}`;

export const googleNetworkRules: Rule[] = [
  {
    id: "google-project-default-network",
    severity: "medium",
    category: "exposure",
    title: "The project is made with the default network",
    resourceTypes: ["google_project"],
    failsWhen: not(equals("auto_create_network", false)),
    why: "The default network has a subnet in every region and firewall rules that let SSH and remote desktop in from everywhere.",
    fix: "Set auto_create_network = false and make a network of your own.",
    controls: ["CIS GCP 5.0 3.1"],
    examples: {
      bad: `resource "google_project" "shop" {
  name       = "shop"
  project_id = "shop-prod"
}`,
      good: `resource "google_project" "shop" {
  name                = "shop"
  project_id          = "shop-prod"
  auto_create_network = false
}`,
    },
  },
  {
    id: "google-network-default",
    severity: "medium",
    category: "exposure",
    title: "The network takes the place of the default one",
    resourceTypes: ["google_compute_network"],
    failsWhen: equals("name", "default"),
    why: "Whatever names no network lands in the one called default, beside things it has nothing to do with.",
    fix: "Give the network a name of its own and its resources an explicit network.",
    controls: ["CIS GCP 5.0 3.1"],
    examples: {
      bad: `resource "google_compute_network" "shop" {
  name                    = "default"
  auto_create_subnetworks = false
}`,
      good: `resource "google_compute_network" "shop" {
  name                    = "shop"
  auto_create_subnetworks = false
}`,
    },
  },
  {
    id: "google-network-automatic-subnets",
    severity: "low",
    category: "exposure",
    title: "The network makes itself a subnet in every region",
    resourceTypes: ["google_compute_network"],
    failsWhen: not(equals("auto_create_subnetworks", false)),
    why: "Ranges nobody chose in regions nobody uses overlap with other networks and are watched by nobody.",
    fix: "Set auto_create_subnetworks = false and declare the subnets.",
    controls: [],
    repair: "none",
    examples: {
      bad: `resource "google_compute_network" "shop" {
  name = "shop"
}`,
      good: `resource "google_compute_network" "shop" {
  name                    = "shop"
  auto_create_subnetworks = false
}`,
    },
  },
  {
    id: "google-subnetwork-flow-logs-off",
    severity: "medium",
    category: "logging",
    title: "The subnet's traffic is not logged",
    resourceTypes: ["google_compute_subnetwork"],
    failsWhen: all(not(any(present("log_config"), isTrue("enable_flow_logs"))), holdsMachines),
    why: "After an incident nobody can tell who talked to whom.",
    fix: "Add a log_config block.",
    controls: ["CIS GCP 5.0 3.10"],
    examples: { bad: subnetwork(privateAccess), good: subnetwork(`${privateAccess}\n${logs}`) },
  },
  {
    id: "google-subnetwork-no-private-access",
    severity: "low",
    category: "exposure",
    title: "Machines of the subnet reach Google's services only over the internet",
    resourceTypes: ["google_compute_subnetwork"],
    failsWhen: all(not(isTrue("private_ip_google_access")), holdsMachines),
    why: "Machines then get external addresses or wide egress just to read a bucket.",
    fix: "Set private_ip_google_access = true.",
    controls: [],
    examples: { bad: subnetwork(logs), good: subnetwork(`${logs}\n${privateAccess}`) },
  },
  {
    id: "google-nat-not-logged",
    severity: "low",
    category: "logging",
    title: "What goes out through the NAT gateway is not logged",
    resourceTypes: ["google_compute_router_nat"],
    failsWhen: not(isTrue("log_config.enable")),
    why: "Behind one address nobody can tell later which machine talked to whom.",
    fix: "Add log_config with enable = true.",
    controls: [],
    examples: {
      bad: nat(""),
      good: nat(`  log_config {
    enable = true
    filter = "ALL"
  }`),
    },
  },
  {
    id: "google-vpn-old-key-exchange",
    severity: "medium",
    category: "encryption",
    title: "The VPN tunnel uses the first version of the key exchange",
    resourceTypes: ["google_compute_vpn_tunnel"],
    failsWhen: equals("ike_version", 1),
    why: "IKEv1 allows weak ciphers and its shared secret can be guessed offline.",
    fix: "Set ike_version = 2, or leave it out.",
    controls: [],
    examples: {
      bad: `resource "google_compute_vpn_tunnel" "office" {
  name        = "office"
  ike_version = 1
}`,
      good: `resource "google_compute_vpn_tunnel" "office" {
  name        = "office"
  ike_version = 2
}`,
    },
  },
];
