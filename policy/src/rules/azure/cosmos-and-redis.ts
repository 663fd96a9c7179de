import type { Rule } from "../../rule.ts";
import { all, any, equals, isTrue, not, oneOf, present, some } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";
import { oldTlsRule, ownKeyRule, publicNetworkRule, sharedKeyRule } from "./families.ts";
import { resourceOf } from "./resource-example.ts";

const cosmos = "azurerm_cosmosdb_account";
const redis = "azurerm_redis_cache";
const redisDatabases = ["azurerm_redis_enterprise_database", "azurerm_managed_redis"];

export const azureCosmosAndRedisRules: Rule[] = [
  publicNetworkRule({
    id: "azure-cosmos-public-network",
    noun: "Cosmos DB account",
    types: [cosmos],
    closed: any(
      equals("public_network_access_enabled", false),
      isTrue("is_virtual_network_filter_enabled"),
      present("ip_range_filter"),
    ),
    set: "public_network_access_enabled = false",
    controls: ["CIS Azure 3.0 5.4.1"],
  }),
  {
    id: "azure-cosmos-firewall-world-open",
    severity: "critical",
    category: "exposure",
    title: "The Cosmos DB account's firewall lets the whole internet in",
    resourceTypes: [cosmos],
    // A list of today's provider, a text with commas before version 4.
    failsWhen: all(
      anyMatches("ip_range_filter", /(?:^|,)\s*(?:0\.0\.0\.0\/[01]|128\.0\.0\.0\/1)\s*(?:,|$)/),
      not(equals("public_network_access_enabled", false)),
    ),
    why: "A filter that lets everybody through is none: one leaked key opens the data to anybody.",
    fix: "Name the addresses that need access in ip_range_filter, or use a private endpoint.",
    controls: ["CIS Azure 3.0 5.4.1"],
    examples: {
      bad: resourceOf(cosmos, 'ip_range_filter = ["0.0.0.0/0"]'),
      good: resourceOf(cosmos, 'ip_range_filter = ["203.0.113.0/24"]'),
    },
  },
  {
    id: "azure-cosmos-firewall-azure-open",
    severity: "high",
    category: "exposure",
    title: "The Cosmos DB account's firewall lets everything inside Azure in",
    resourceTypes: [cosmos],
    failsWhen: all(
      anyMatches("ip_range_filter", /(?:^|,)\s*0\.0\.0\.0(?:\/32)?\s*(?:,|$)/),
      not(equals("public_network_access_enabled", false)),
    ),
    why: "0.0.0.0 stands for every machine in Azure, those of other customers too; a leaked key is then enough.",
    fix: "Remove 0.0.0.0 from ip_range_filter and use a private endpoint or a rule for your own network.",
    controls: [],
    examples: {
      bad: resourceOf(cosmos, 'ip_range_filter = ["0.0.0.0", "203.0.113.0/24"]'),
      good: resourceOf(cosmos, 'ip_range_filter = ["203.0.113.0/24"]'),
    },
  },
  sharedKeyRule({
    id: "azure-cosmos-shared-keys",
    noun: "Cosmos DB account",
    types: [cosmos],
    // Only the API for documents knows identities.
    off: any(
      isTrue("local_authentication_disabled"),
      oneOf("kind", ["MongoDB", "Parse"]),
      some("capabilities", oneOf("name", ["EnableCassandra", "EnableGremlin", "EnableTable", "EnableMongo"])),
    ),
    set: "local_authentication_disabled = true",
    body: "access_key_metadata_writes_enabled = false",
  }),
  {
    id: "azure-cosmos-keys-change-account",
    severity: "low",
    category: "identity",
    title: "Who has a key of the Cosmos DB account may change its databases and throughput",
    resourceTypes: [cosmos],
    failsWhen: all(
      not(equals("access_key_metadata_writes_enabled", false)),
      not(isTrue("local_authentication_disabled")),
    ),
    why: "An application's key is enough to delete containers, past all role assignments and locks.",
    fix: "Set access_key_metadata_writes_enabled = false.",
    controls: [],
    examples: {
      bad: resourceOf(cosmos, 'offer_type = "Standard"'),
      good: resourceOf(cosmos, 'offer_type = "Standard"', "access_key_metadata_writes_enabled = false"),
    },
  },
  ownKeyRule({
    id: "azure-cosmos-no-own-key",
    noun: "Cosmos DB account",
    types: [cosmos],
    own: any(present("key_vault_key_id"), present("managed_hsm_key_id")),
    attribute: "key_vault_key_id",
    set: 'key_vault_key_id = "https://orders.vault.azure.net/keys/orders"',
  }),
  oldTlsRule({
    id: "azure-cosmos-old-tls",
    noun: "Cosmos DB account",
    types: [cosmos],
    attribute: "minimal_tls_version",
    old: "Tls11",
    new: "Tls12",
  }),
  {
    id: "azure-redis-plain-text",
    severity: "high",
    category: "encryption",
    title: "The cache answers without TLS",
    resourceTypes: [redis, ...redisDatabases],
    failsWhen: any(
      isTrue("non_ssl_port_enabled"),
      isTrue("enable_non_ssl_port"),
      oneOf("client_protocol", ["Plaintext"]),
      oneOf("default_database.client_protocol", ["Plaintext"]),
    ),
    why: "The key of the cache and everything in it can be read by anybody on the way.",
    fix: 'Remove non_ssl_port_enabled (enable_non_ssl_port before version 4), or set client_protocol = "Encrypted".',
    controls: [],
    examples: {
      bad: resourceOf(redis, "non_ssl_port_enabled = true"),
      good: resourceOf(redis, "non_ssl_port_enabled = false"),
    },
  },
  oldTlsRule({
    id: "azure-redis-old-tls",
    noun: "cache",
    types: [redis],
    attribute: "minimum_tls_version",
    old: "1.0",
    new: "1.2",
  }),
  {
    id: "azure-redis-no-password",
    severity: "high",
    category: "identity",
    title: "The cache asks nobody who they are",
    resourceTypes: [redis],
    failsWhen: any(
      equals("redis_configuration.authentication_enabled", false),
      equals("redis_configuration.enable_authentication", false),
    ),
    why: "Whatever runs in the network, also a machine that was taken over, reads and changes the cache.",
    fix: "Remove the setting from redis_configuration.",
    controls: [],
    repair: "none",
    examples: {
      bad: resourceOf(redis, 'subnet_id = "cache"', "redis_configuration {\n  authentication_enabled = false\n}"),
      good: resourceOf(redis, 'subnet_id = "cache"', "redis_configuration {\n  authentication_enabled = true\n}"),
    },
  },
  publicNetworkRule({
    id: "azure-redis-public-network",
    noun: "cache",
    types: [redis],
    closed: any(equals("public_network_access_enabled", false), present("subnet_id")),
    set: "public_network_access_enabled = false",
  }),
];
