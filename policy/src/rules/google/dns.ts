import type { Rule } from "../../rule.ts";
import { all, equals, isTrue, lacks, not, some } from "../../vocabulary/condition.ts";

const network = `resource "google_compute_network" "shop" {
  name                    = "shop"
  auto_create_subnetworks = false
}`;

export const googleDnsRules: Rule[] = [
  {
    id: "google-dns-queries-not-logged",
    severity: "low",
    category: "logging",
    title: "DNS queries of the networks are not logged",
    resourceTypes: ["google_dns_policy"],
    failsWhen: not(isTrue("enable_logging")),
    why: "Malware is often seen first by the names it asks for.",
    fix: "Set enable_logging = true.",
    controls: ["CIS GCP 5.0 2.13"],
    examples: {
      bad: `resource "google_dns_policy" "shop" {
  name = "shop"
}`,
      good: `resource "google_dns_policy" "shop" {
  name           = "shop"
  enable_logging = true
}`,
    },
  },
  {
    id: "google-network-no-dns-policy",
    severity: "low",
    category: "logging",
    title: "DNS queries of the network are not logged",
    resourceTypes: ["google_compute_network"],
    failsWhen: lacks("google_dns_policy", { from: "networks.network_url", to: ["id", "self_link", "name"] }),
    why: "Malware is often seen first by the names it asks for.",
    fix: "Add a google_dns_policy with enable_logging = true for the network.",
    controls: ["CIS GCP 5.0 2.13"],
    examples: {
      bad: network,
      good: `${network}
resource "google_dns_policy" "shop" {
  name           = "shop"
  enable_logging = true
  networks {
    network_url = google_compute_network.shop.id
  }
}`,
    },
  },
  {
    id: "google-dns-not-signed",
    severity: "medium",
    category: "integrity",
    title: "The public zone is not signed",
    resourceTypes: ["google_dns_managed_zone"],
    failsWhen: all(not(equals("dnssec_config.state", "on")), not(equals("visibility", "private"))),
    why: "Answers can be forged on the way, and visitors and mail sent elsewhere.",
    fix: 'Add dnssec_config { state = "on" } and register the key with the parent zone.',
    controls: ["CIS GCP 5.0 3.3"],
    examples: {
      bad: `resource "google_dns_managed_zone" "shop" {
  name     = "shop"
  dns_name = "shop.example."
}`,
      good: `resource "google_dns_managed_zone" "shop" {
  name     = "shop"
  dns_name = "shop.example."
  dnssec_config {
    state = "on"
  }
}`,
    },
  },
  ...(["keySigning", "zoneSigning"] as const).map((keyType): Rule => {
    const zone = (algorithm: string) => `resource "google_dns_managed_zone" "shop" {
  name     = "shop"
  dns_name = "shop.example."
  dnssec_config {
    state = "on"
    default_key_specs {
      key_type  = "${keyType}"
      algorithm = "${algorithm}"
    }
  }
}`;
    return {
      id: keyType === "keySigning" ? "google-dns-weak-key-signing-key" : "google-dns-weak-zone-signing-key",
      severity: "medium",
      category: "integrity",
      title: `The ${keyType === "keySigning" ? "key" : "zone"} signing key of the zone is made with SHA-1`,
      resourceTypes: ["google_dns_managed_zone"],
      failsWhen: some(
        "dnssec_config.default_key_specs",
        all(equals("algorithm", "rsasha1"), equals("key_type", keyType)),
        ["key_type"],
      ),
      why: "Signatures over SHA-1 can be forged, and resolvers have begun to ignore them.",
      fix: "Take ecdsap256sha256 or rsasha256 as the algorithm.",
      controls: [keyType === "keySigning" ? "CIS GCP 5.0 3.4" : "CIS GCP 5.0 3.5"],
      examples: { bad: zone("rsasha1"), good: zone("ecdsap256sha256") },
    };
  }),
];
