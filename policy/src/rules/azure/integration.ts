import type { Rule } from "../../rule.ts";
import { all, any, equals, isTrue, matches, not, oneOf, present, some } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";
import { publicNetworkRule, sharedKeyRule } from "./families.ts";
import { resourceOf } from "./resource-example.ts";

const management = "azurerm_api_management";
const api = "azurerm_api_management_api";
const variables = ["string", "int", "bool", "datetime", "object"].map((kind) => `azurerm_automation_variable_${kind}`);
const automation = "azurerm_automation_account";
const batch = "azurerm_batch_account";

const oldProtocols = ["ssl30", "tls10", "tls11"].flatMap((protocol) =>
  ["frontend", "backend"].flatMap((side) => [
    isTrue(`security.enable_${side}_${protocol}`),
    isTrue(`security.${side}_${protocol}_enabled`),
  ]),
);

export const azureIntegrationRules: Rule[] = [
  {
    id: "azure-api-management-old-tls",
    severity: "high",
    category: "encryption",
    title: "The API gateway takes SSL or TLS older than 1.2",
    resourceTypes: [management],
    failsWhen: any(...oldProtocols),
    why: "Old protocols have known breaks; who sits on the way can read or change what is sent.",
    fix: "Remove the settings for SSL 3.0, TLS 1.0 and TLS 1.1 from security.",
    controls: [],
    examples: {
      bad: resourceOf(management, "security {\n  frontend_tls10_enabled = true\n}"),
      good: resourceOf(management, "security {\n  frontend_tls10_enabled = false\n}"),
    },
  },
  {
    id: "azure-api-plain-http",
    severity: "high",
    category: "encryption",
    title: "The API answers over HTTP",
    resourceTypes: [api],
    failsWhen: anyMatches("protocols", /^(?:http|ws)$/i),
    why: "Keys, tokens and data can be read by anybody on the way.",
    fix: 'Set protocols = ["https"].',
    controls: [],
    examples: {
      bad: resourceOf(api, 'protocols = ["http", "https"]'),
      good: resourceOf(api, 'protocols = ["https"]'),
    },
  },
  {
    id: "azure-api-nobody-asked",
    severity: "medium",
    category: "identity",
    title: "The API asks nobody who they are",
    resourceTypes: [api],
    failsWhen: all(
      equals("subscription_required", false),
      not(present("oauth2_authorization")),
      not(present("openid_authentication")),
    ),
    why: "Anybody can call it, as often as they like, unless its policy or the backend checks.",
    fix: "Remove subscription_required = false, or add oauth2_authorization or openid_authentication.",
    controls: [],
    repair: "none",
    examples: {
      bad: resourceOf(api, "subscription_required = false"),
      good: resourceOf(api, "subscription_required = true"),
    },
  },
  {
    id: "azure-api-backend-unchecked",
    severity: "medium",
    category: "encryption",
    title: "The API gateway does not check whom it talks to",
    resourceTypes: ["azurerm_api_management_backend"],
    failsWhen: any(equals("tls.validate_certificate_chain", false), equals("tls.validate_certificate_name", false)),
    why: "Who sits between the gateway and the backend can pretend to be the backend.",
    fix: "Remove the settings from tls, and make the backend's certificate known.",
    controls: [],
    examples: {
      bad: resourceOf("azurerm_api_management_backend", "tls {\n  validate_certificate_chain = false\n}"),
      good: resourceOf("azurerm_api_management_backend", "tls {\n  validate_certificate_chain = true\n}"),
    },
  },
  {
    id: "azure-api-backend-plain-http",
    severity: "medium",
    category: "encryption",
    title: "The API gateway talks to its backend over HTTP",
    resourceTypes: ["azurerm_api_management_backend", api],
    failsWhen: any(matches("url", /^http:/i), matches("service_url", /^http:/i)),
    why: "Between the gateway and the backend everything can be read by anybody on the way.",
    fix: "Use an address that begins with https.",
    controls: [],
    examples: {
      bad: resourceOf("azurerm_api_management_backend", 'url = "http://orders.example.com"'),
      good: resourceOf("azurerm_api_management_backend", 'url = "https://orders.example.com"'),
    },
  },
  publicNetworkRule({
    id: "azure-api-management-public-network",
    noun: "API gateway",
    types: [management],
    closed: any(
      equals("public_network_access_enabled", false),
      oneOf("virtual_network_type", ["Internal", "External"]),
    ),
    set: "public_network_access_enabled = false",
    severity: "low",
  }),
  {
    id: "azure-automation-variable-clear",
    severity: "medium",
    category: "encryption",
    title: "The automation account keeps the variable in clear",
    resourceTypes: variables,
    failsWhen: not(isTrue("encrypted")),
    why: "Everybody who may read the account reads it, and variables are where passwords end up.",
    fix: "Set encrypted = true; the variable is made anew.",
    controls: [],
    repair: "none",
    examples: {
      bad: resourceOf(variables[0] ?? "", "encrypted = false"),
      good: resourceOf(variables[0] ?? "", "encrypted = true"),
    },
  },
  publicNetworkRule({
    id: "azure-automation-public-network",
    noun: "automation account",
    types: [automation],
    closed: equals("public_network_access_enabled", false),
    set: "public_network_access_enabled = false",
  }),
  sharedKeyRule({
    id: "azure-automation-shared-keys",
    noun: "automation account",
    types: [automation],
    off: equals("local_authentication_enabled", false),
    set: "local_authentication_enabled = false",
  }),
  {
    id: "azure-logic-app-trigger-open",
    severity: "medium",
    category: "exposure",
    title: "The workflow can be started from every network",
    resourceTypes: ["azurerm_logic_app_workflow"],
    failsWhen: not(
      any(
        present("access_control.trigger.allowed_caller_ip_address_range"),
        some("access_control", some("trigger", present("open_authentication_policy"))),
      ),
    ),
    why: "The address of a trigger holds its key; who sees it in a log starts the workflow.",
    fix: "Add access_control with a trigger block that names networks or an authentication policy.",
    controls: [],
    examples: {
      bad: resourceOf("azurerm_logic_app_workflow", 'name = "orders"'),
      good: resourceOf(
        "azurerm_logic_app_workflow",
        'name = "orders"',
        'access_control {\n  trigger {\n    allowed_caller_ip_address_range = ["203.0.113.0/24"]\n  }\n}',
      ),
    },
  },
  publicNetworkRule({
    id: "azure-batch-public-network",
    noun: "batch account",
    types: [batch],
    closed: any(
      equals("public_network_access_enabled", false),
      anyMatches("network_profile.account_access.default_action", /^deny$/i),
    ),
    set: "public_network_access_enabled = false",
  }),
  publicNetworkRule({
    id: "azure-bot-public-network",
    noun: "bot",
    types: ["azurerm_bot_service_azure_bot", "azurerm_bot_channels_registration"],
    closed: equals("public_network_access_enabled", false),
    set: "public_network_access_enabled = false",
    severity: "low",
  }),
];
