import type { Rule } from "../../rule.ts";
import { all, any, equals, isTrue, not, oneOf, present, some } from "../../vocabulary/condition.ts";
import type { Condition } from "../../vocabulary/condition.ts";

import { anyMatches } from "../../vocabulary/list.ts";
import { listensInPlainText } from "./gateway.ts";
import { resourceOf } from "./resource-example.ts";
import { oldTlsVersion } from "./tls-version.ts";

const gateway = "azurerm_application_gateway";
const gatewayPolicy = "azurerm_web_application_firewall_policy";
const frontDoorPolicies = ["azurerm_cdn_frontdoor_firewall_policy", "azurerm_frontdoor_firewall_policy"];
const route = "azurerm_cdn_frontdoor_route";

/** Azure's ready-made set of ciphers and versions that begins at TLS 1.0, and the ones at 1.1. */
function oldPolicy(base: string): Condition {
  return any(
    oldTlsVersion(`${base}min_protocol_version`),
    oneOf(`${base}policy_name`, ["AppGwSslPolicy20150501", "AppGwSslPolicy20170401"]),
  );
}

export const azureWebApplicationFirewallRules: Rule[] = [
  {
    id: "azure-gateway-no-waf",
    severity: "medium",
    category: "exposure",
    title: "No web application firewall looks at what the gateway lets through",
    resourceTypes: [gateway],
    failsWhen: not(any(isTrue("waf_configuration.enabled"), present("firewall_policy_id"))),
    why: "Injections and known attacks reach the applications as they come.",
    fix: "Use a tier with WAF_v2 and set firewall_policy_id.",
    controls: ["CIS Azure 5.0 7.10"],
    repair: "none",
    examples: {
      bad: resourceOf(gateway, 'name = "orders"'),
      good: resourceOf(gateway, 'name = "orders"', 'firewall_policy_id = "orders"'),
    },
  },
  {
    id: "azure-gateway-old-tls",
    severity: "high",
    category: "encryption",
    title: "The gateway takes TLS older than 1.2",
    resourceTypes: [gateway],
    failsWhen: any(oldPolicy("ssl_policy."), some("ssl_profile", oldPolicy("ssl_policy."), ["name"])),
    why: "Old protocols have known breaks; who sits on the way can read or change what is sent.",
    fix: 'Set policy_name = "AppGwSslPolicy20220101" in ssl_policy, or min_protocol_version = "TLSv1_2".',
    controls: ["CIS Azure 5.0 7.12"],
    examples: { bad: withPolicy("TLSv1_0"), good: withPolicy("TLSv1_2") },
  },
  {
    id: "azure-gateway-plain-text",
    severity: "high",
    category: "encryption",
    title: "The gateway takes HTTP from the internet and hands it on",
    resourceTypes: [gateway],
    failsWhen: listensInPlainText(),
    why: "Passwords, cookies and tokens of visitors can be read by anybody on the way.",
    fix: "Let the rule of this listener redirect to one with protocol Https.",
    controls: [],
    repair: "none",
    examples: { bad: listening("Http"), good: listening("Https") },
  },
  {
    id: "azure-gateway-http1-only",
    severity: "low",
    category: "hygiene",
    title: "The gateway does not speak HTTP/2",
    resourceTypes: [gateway],
    failsWhen: not(any(isTrue("enable_http2"), isTrue("http2_enabled"))),
    why: "Older versions of the protocol are slower and get fewer mends.",
    fix: "Set enable_http2 = true (http2_enabled in newer providers).",
    controls: ["CIS Azure 5.0 7.13"],
    repair: "none",
    examples: {
      bad: resourceOf(gateway, 'firewall_policy_id = "orders"'),
      good: resourceOf(gateway, 'firewall_policy_id = "orders"', "enable_http2 = true"),
    },
  },
  {
    id: "azure-waf-lets-through",
    severity: "medium",
    category: "exposure",
    title: "The web application firewall stops nothing",
    resourceTypes: [gatewayPolicy, gateway, ...frontDoorPolicies],
    failsWhen: any(
      oneOf("policy_settings.mode", ["Detection"]),
      equals("policy_settings.enabled", false),
      all(oneOf("waf_configuration.firewall_mode", ["Detection"]), isTrue("waf_configuration.enabled")),
      oneOf("mode", ["Detection"]),
      equals("enabled", false),
    ),
    why: "Attacks are counted and let through.",
    fix: 'Set mode = "Prevention" once its log shows no more false alarms, and leave it enabled.',
    controls: [],
    repair: "none",
    examples: {
      bad: resourceOf(gatewayPolicy, 'policy_settings {\n  mode = "Detection"\n}'),
      good: resourceOf(gatewayPolicy, 'policy_settings {\n  mode = "Prevention"\n}'),
    },
  },
  {
    id: "azure-waf-bodies-unread",
    severity: "medium",
    category: "exposure",
    title: "The web application firewall does not read what is sent",
    resourceTypes: [gatewayPolicy, gateway, "azurerm_cdn_frontdoor_firewall_policy"],
    failsWhen: any(
      equals("policy_settings.request_body_check", false),
      all(equals("waf_configuration.request_body_check", false), isTrue("waf_configuration.enabled")),
      equals("request_body_check_enabled", false),
    ),
    why: "Attacks that stand in the body of a request, as most do, pass.",
    fix: "Set request_body_check = true.",
    controls: ["CIS Azure 5.0 7.14"],
    examples: {
      bad: resourceOf(gatewayPolicy, "policy_settings {\n  request_body_check = false\n}"),
      good: resourceOf(gatewayPolicy, "policy_settings {\n  request_body_check = true\n}"),
    },
  },
  {
    id: "azure-waf-no-bot-rules",
    severity: "low",
    category: "exposure",
    title: "The web application firewall does not know bots",
    resourceTypes: [gatewayPolicy],
    failsWhen: not(some("managed_rules.managed_rule_set", oneOf("type", ["Microsoft_BotManagerRuleSet"]))),
    why: "Programs that try passwords or copy everything look like visitors.",
    fix: 'Add a managed_rule_set with type = "Microsoft_BotManagerRuleSet".',
    controls: ["CIS Azure 5.0 7.15"],
    examples: { bad: ruleSets("OWASP"), good: ruleSets("OWASP", "Microsoft_BotManagerRuleSet") },
  },
  {
    id: "azure-front-door-plain-text",
    severity: "high",
    category: "encryption",
    title: "The front door answers over HTTP instead of redirecting",
    resourceTypes: [route],
    failsWhen: all(equals("https_redirect_enabled", false), anyMatches("supported_protocols", /^http$/i)),
    why: "Passwords, cookies and tokens of visitors can be read by anybody on the way.",
    fix: "Remove https_redirect_enabled = false.",
    controls: [],
    examples: {
      bad: resourceOf(route, 'supported_protocols = ["Http", "Https"]', "https_redirect_enabled = false"),
      good: resourceOf(route, 'supported_protocols = ["Http", "Https"]', "https_redirect_enabled = true"),
    },
  },
  {
    id: "azure-front-door-plain-origin",
    severity: "medium",
    category: "encryption",
    title: "The front door talks to its origin over HTTP",
    resourceTypes: [route],
    failsWhen: oneOf("forwarding_protocol", ["HttpOnly"]),
    why: "Between the front door and the origin everything can be read by anybody on the way.",
    fix: 'Set forwarding_protocol = "HttpsOnly".',
    controls: [],
    repair: "none",
    examples: {
      bad: resourceOf(route, 'forwarding_protocol = "HttpOnly"'),
      good: resourceOf(route, 'forwarding_protocol = "HttpsOnly"'),
    },
  },
  {
    id: "azure-front-door-old-tls",
    severity: "high",
    category: "encryption",
    title: "The domain takes TLS older than 1.2",
    resourceTypes: ["azurerm_cdn_frontdoor_custom_domain", "azurerm_cdn_endpoint_custom_domain"],
    failsWhen: any(
      oldTlsVersion("tls.minimum_tls_version"),
      oldTlsVersion("cdn_managed_https.tls_version"),
      oldTlsVersion("user_managed_https.tls_version"),
    ),
    why: "Old protocols have known breaks; who sits on the way can read or change what is sent.",
    fix: 'Set minimum_tls_version (or tls_version) to "TLS12".',
    controls: [],
    examples: {
      bad: resourceOf("azurerm_cdn_frontdoor_custom_domain", 'tls {\n  minimum_tls_version = "TLS10"\n}'),
      good: resourceOf("azurerm_cdn_frontdoor_custom_domain", 'tls {\n  minimum_tls_version = "TLS12"\n}'),
    },
  },
  {
    id: "azure-cdn-plain-text",
    severity: "medium",
    category: "encryption",
    title: "The content delivery network answers over HTTP",
    resourceTypes: ["azurerm_cdn_endpoint"],
    failsWhen: not(
      any(
        equals("is_http_allowed", false),
        // A rule for all requests, or one of its own, redirects.
        some("delivery_rule", present("url_redirect_action")),
        present("global_delivery_rule.url_redirect_action"),
      ),
    ),
    why: "What visitors send and get can be read and changed by anybody on the way.",
    fix: "Set is_http_allowed = false, or redirect to HTTPS in a delivery rule.",
    controls: [],
    examples: {
      bad: resourceOf("azurerm_cdn_endpoint", 'name = "orders"'),
      good: resourceOf("azurerm_cdn_endpoint", 'name = "orders"', "is_http_allowed = false"),
    },
  },
  {
    id: "azure-front-door-no-waf",
    severity: "medium",
    category: "exposure",
    title: "No web application firewall looks at what the front door lets through",
    resourceTypes: ["azurerm_frontdoor"],
    failsWhen: some("frontend_endpoint", not(present("web_application_firewall_policy_link_id")), ["name"]),
    why: "Injections and known attacks reach the applications as they come.",
    fix: "Set web_application_firewall_policy_link_id on each frontend_endpoint.",
    controls: [],
    examples: { bad: frontDoor(""), good: frontDoor('\n  web_application_firewall_policy_link_id = "orders"') },
  },
];

function withPolicy(version: string): string {
  return resourceOf(
    gateway,
    `ssl_policy {\n  policy_type          = "Custom"\n  min_protocol_version = "${version}"\n}`,
  );
}

function listening(protocol: string): string {
  return resourceOf(
    gateway,
    'frontend_ip_configuration {\n  name                 = "public"\n  public_ip_address_id = "orders"\n}',
    `http_listener {\n  name                           = "shop"\n  protocol                       = "${protocol}"\n  frontend_ip_configuration_name = "public"\n}`,
    'request_routing_rule {\n  name                      = "shop"\n  http_listener_name        = "shop"\n  backend_address_pool_name = "shop"\n}',
  );
}

function ruleSets(...types: readonly string[]): string {
  const sets = types.map((type) => `  managed_rule_set {\n    type    = "${type}"\n    version = "1.0"\n  }`);
  return resourceOf(gatewayPolicy, `managed_rules {\n${sets.join("\n")}\n}`);
}

function frontDoor(firewall: string): string {
  return resourceOf("azurerm_frontdoor", `frontend_endpoint {\n  name = "shop"${firewall}\n}`);
}
