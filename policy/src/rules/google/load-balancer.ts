import type { Rule } from "../../rule.ts";
import { all, any, equals, isTrue, not, oneOf, present, refersTo } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";

const policy = (more: string) => `resource "google_compute_ssl_policy" "shop" {
  name            = "shop"
${more}
}`;

const isExternal = not(oneOf("load_balancing_scheme", ["INTERNAL", "INTERNAL_MANAGED", "INTERNAL_SELF_MANAGED"]));

/** The map sends everybody on to HTTPS. */
const redirects = refersTo(
  "google_compute_url_map",
  { from: "url_map", to: ["id", "self_link", "name"] },
  any(isTrue("default_url_redirect.https_redirect"), isTrue("path_matcher.default_url_redirect.https_redirect")),
);

const backend = (more: string) => `resource "google_compute_backend_service" "shop" {
  name = "shop"
${more}
}`;
const logs = `  log_config {
    enable = true
  }`;
const armor = '  security_policy = "shop"';

const proxy = (redirect: boolean) => `resource "google_compute_target_http_proxy" "shop" {
  name    = "shop"
  url_map = google_compute_url_map.shop.id
}
resource "google_compute_url_map" "shop" {
  name = "shop"
  default_url_redirect {
    https_redirect = ${redirect}
    strip_query    = false
  }
}`;

export const googleLoadBalancerRules: Rule[] = [
  {
    id: "google-lb-old-tls",
    severity: "high",
    category: "encryption",
    title: "The load balancer's policy takes TLS older than 1.2",
    resourceTypes: ["google_compute_ssl_policy", "google_compute_region_ssl_policy"],
    // Where it is not set the service takes TLS 1.0.
    failsWhen: not(oneOf("min_tls_version", ["TLS_1_2", "TLS_1_3"])),
    why: "TLS 1.0 and 1.1 are broken and no longer allowed for card or health data.",
    fix: 'Set min_tls_version = "TLS_1_2".',
    controls: [],
    examples: {
      bad: policy('  profile         = "MODERN"\n  min_tls_version = "TLS_1_0"'),
      good: policy('  profile         = "MODERN"\n  min_tls_version = "TLS_1_2"'),
    },
  },
  {
    id: "google-lb-weak-ciphers",
    severity: "medium",
    category: "encryption",
    title: "The load balancer's policy takes weak ciphers",
    resourceTypes: ["google_compute_ssl_policy", "google_compute_region_ssl_policy"],
    failsWhen: any(
      not(oneOf("profile", ["MODERN", "RESTRICTED", "CUSTOM", "FIPS_202205"])),
      all(equals("profile", "CUSTOM"), anyMatches("custom_features", /^TLS_RSA_|3DES|RC4/)),
    ),
    why: "Ciphers without forward secrecy let whoever gets the key later read everything recorded before.",
    fix: 'Set profile = "MODERN" or "RESTRICTED", or list only ECDHE ciphers.',
    controls: [],
    examples: {
      bad: policy('  profile         = "COMPATIBLE"\n  min_tls_version = "TLS_1_2"'),
      good: policy('  profile         = "RESTRICTED"\n  min_tls_version = "TLS_1_2"'),
    },
  },
  {
    id: "google-lb-no-tls-policy",
    severity: "medium",
    category: "encryption",
    title: "The load balancer takes the default TLS settings, from TLS 1.0 on",
    resourceTypes: [
      "google_compute_target_https_proxy",
      "google_compute_region_target_https_proxy",
      "google_compute_target_ssl_proxy",
    ],
    failsWhen: not(present("ssl_policy")),
    why: "Without a policy of its own it takes TLS 1.0 and ciphers without forward secrecy.",
    fix: "Make a google_compute_ssl_policy with TLS 1.2 and name it in ssl_policy.",
    controls: [],
    repair: "none",
    examples: {
      bad: `resource "google_compute_target_https_proxy" "shop" {
  name             = "shop"
  url_map          = "shop"
  ssl_certificates = ["shop"]
}`,
      good: `resource "google_compute_target_https_proxy" "shop" {
  name             = "shop"
  url_map          = "shop"
  ssl_certificates = ["shop"]
  ssl_policy       = "modern"
}`,
    },
  },
  {
    id: "google-lb-plain-text",
    severity: "medium",
    category: "encryption",
    title: "The load balancer serves plain HTTP",
    resourceTypes: ["google_compute_target_http_proxy"],
    failsWhen: not(redirects),
    why: "Passwords, cookies and pages can be read and changed on the way.",
    fix: "Let the map do nothing but default_url_redirect with https_redirect = true, and serve over a target HTTPS proxy.",
    controls: [],
    examples: { bad: proxy(false), good: proxy(true) },
  },
  {
    id: "google-lb-backend-not-logged",
    severity: "low",
    category: "logging",
    title: "Requests to the backend are not logged",
    resourceTypes: ["google_compute_backend_service"],
    failsWhen: all(not(isTrue("log_config.enable")), isExternal),
    why: "Attacks and faults leave no trace.",
    fix: "Add log_config with enable = true.",
    controls: ["CIS GCP 5.0 2.17"],
    examples: { bad: backend(armor), good: backend(`${armor}\n${logs}`) },
  },
  {
    id: "google-lb-backend-no-firewall",
    severity: "low",
    category: "exposure",
    title: "The backend on the internet stands behind no web application firewall",
    resourceTypes: ["google_compute_backend_service"],
    failsWhen: all(not(any(present("security_policy"), present("edge_security_policy"))), isExternal),
    why: "Floods and known attacks reach the application unhindered.",
    fix: "Name a google_compute_security_policy in security_policy.",
    controls: [],
    examples: { bad: backend(logs), good: backend(`${logs}\n${armor}`) },
  },
];
