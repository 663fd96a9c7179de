import type { Rule } from "../../rule.ts";
import { any, equals, isTrue, not, oneOf, present } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";
import { oldTlsRule, publicNetworkRule, sharedKeyRule } from "./families.ts";
import { resourceOf } from "./resource-example.ts";

const serviceBus = "azurerm_servicebus_namespace";
const eventHub = "azurerm_eventhub_namespace";
const eventGrid = ["azurerm_eventgrid_topic", "azurerm_eventgrid_domain"];
const keyRules = ["azurerm_servicebus_namespace_authorization_rule", "azurerm_eventhub_namespace_authorization_rule"];
const realTime = ["azurerm_signalr_service", "azurerm_web_pubsub"];
const iotHub = "azurerm_iothub";
const publicOff = equals("public_network_access_enabled", false);

export const azureMessagingRules: Rule[] = [
  oldTlsRule({
    id: "azure-messages-old-tls",
    noun: "namespace",
    types: [serviceBus, eventHub],
    attribute: "minimum_tls_version",
    old: "1.0",
    new: "1.2",
  }),
  sharedKeyRule({
    id: "azure-messages-shared-keys",
    noun: "namespace or topic",
    types: [serviceBus, eventHub, ...eventGrid],
    off: any(equals("local_auth_enabled", false), equals("local_authentication_enabled", false)),
    set: "local_auth_enabled = false",
  }),
  publicNetworkRule({
    id: "azure-service-bus-public-network",
    noun: "Service Bus namespace",
    types: [serviceBus],
    // Only the premium tier can be closed.
    closed: any(
      publicOff,
      anyMatches("network_rule_set.default_action", /^deny$/i),
      equals("network_rule_set.public_network_access_enabled", false),
      oneOf("sku", ["Basic", "Standard"]),
    ),
    set: "public_network_access_enabled = false",
    body: 'sku = "Premium"',
  }),
  publicNetworkRule({
    id: "azure-event-hub-public-network",
    noun: "Event Hubs namespace",
    types: [eventHub],
    closed: any(
      publicOff,
      anyMatches("network_rulesets.default_action", /^deny$/i),
      equals("network_rulesets.public_network_access_enabled", false),
    ),
    set: "public_network_access_enabled = false",
  }),
  publicNetworkRule({
    id: "azure-event-grid-public-network",
    noun: "Event Grid topic",
    types: eventGrid,
    closed: any(publicOff, anyMatches("inbound_ip_rule.action", /^allow$/i)),
    set: "public_network_access_enabled = false",
  }),
  {
    id: "azure-messages-key-manages",
    severity: "medium",
    category: "identity",
    title: "A key may do everything in the namespace",
    resourceTypes: keyRules,
    failsWhen: isTrue("manage"),
    why: "It reads, writes and deletes all queues and topics, and makes further keys.",
    fix: "Set manage = false, and make rules on the one queue or topic that is needed.",
    controls: [],
    examples: {
      bad: resourceOf(keyRules[0] ?? "", "listen = true", "send = true", "manage = true"),
      good: resourceOf(keyRules[0] ?? "", "listen = true", "send = false", "manage = false"),
    },
  },
  sharedKeyRule({
    id: "azure-real-time-shared-keys",
    noun: "real-time service",
    types: realTime,
    off: equals("local_auth_enabled", false),
    set: "local_auth_enabled = false",
  }),
  publicNetworkRule({
    id: "azure-real-time-public-network",
    noun: "real-time service",
    types: realTime,
    closed: publicOff,
    set: "public_network_access_enabled = false",
    severity: "low",
  }),
  publicNetworkRule({
    id: "azure-iot-hub-public-network",
    noun: "IoT hub",
    types: [iotHub, "azurerm_iothub_dps"],
    closed: any(
      publicOff,
      anyMatches("network_rule_set.default_action", /^deny$/i),
      anyMatches("ip_filter_rule.action", /^reject$/i),
    ),
    set: "public_network_access_enabled = false",
    severity: "low",
  }),
  {
    id: "azure-iot-hub-old-tls",
    severity: "medium",
    category: "encryption",
    title: "The IoT hub takes TLS older than 1.2",
    resourceTypes: [iotHub],
    // Azure takes 1.0 where nothing is said.
    failsWhen: any(anyMatches("min_tls_version", /^1\.[01]$/), not(present("min_tls_version"))),
    why: "Devices stay in use for years; who sits on the way can read or change what they send.",
    fix: 'Set min_tls_version = "1.2".',
    controls: [],
    repair: "none",
    examples: {
      bad: resourceOf(iotHub, 'name = "orders"'),
      good: resourceOf(iotHub, 'name = "orders"', 'min_tls_version = "1.2"'),
    },
  },
];
