import type { Rule } from "../../rule.ts";
import { all, any, equals, isTrue, not, present } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";
import { ownKeyRule, publicNetworkRule, sharedKeyRule } from "./families.ts";
import { resourceOf } from "./resource-example.ts";
import { oldTlsVersion } from "./tls-version.ts";

const synapse = "azurerm_synapse_workspace";
const databricks = "azurerm_databricks_workspace";
const kusto = "azurerm_kusto_cluster";
const hdinsight = [
  "azurerm_hdinsight_hadoop_cluster",
  "azurerm_hdinsight_spark_cluster",
  "azurerm_hdinsight_kafka_cluster",
  "azurerm_hdinsight_hbase_cluster",
  "azurerm_hdinsight_interactive_query_cluster",
];
const publicOff = equals("public_network_access_enabled", false);

export const azureAnalyticsRules: Rule[] = [
  publicNetworkRule({
    id: "azure-data-factory-public-network",
    noun: "data factory",
    types: ["azurerm_data_factory"],
    closed: equals("public_network_enabled", false),
    set: "public_network_enabled = false",
  }),
  {
    id: "azure-data-factory-no-identity",
    severity: "low",
    category: "identity",
    title: "The data factory has no identity of its own",
    resourceTypes: ["azurerm_data_factory"],
    failsWhen: not(present("identity")),
    why: "It needs passwords and keys for every store it copies from and to.",
    fix: "Add an identity block and give it the roles the pipelines need.",
    controls: [],
    examples: {
      bad: resourceOf("azurerm_data_factory", 'name = "orders"'),
      good: resourceOf("azurerm_data_factory", 'name = "orders"', 'identity {\n  type = "SystemAssigned"\n}'),
    },
  },
  publicNetworkRule({
    id: "azure-synapse-public-network",
    noun: "Synapse workspace",
    types: [synapse],
    closed: publicOff,
    set: "public_network_access_enabled = false",
  }),
  {
    id: "azure-synapse-shared-network",
    severity: "medium",
    category: "exposure",
    title: "The Synapse workspace works in a network that is not its own",
    resourceTypes: [synapse],
    failsWhen: not(isTrue("managed_virtual_network_enabled")),
    why: "Its jobs reach the internet and cannot reach stores over private endpoints.",
    fix: "Set managed_virtual_network_enabled = true; it cannot be switched on later.",
    controls: [],
    repair: "none",
    examples: {
      bad: resourceOf(synapse, "managed_virtual_network_enabled = false"),
      good: resourceOf(
        synapse,
        "managed_virtual_network_enabled = true",
        "data_exfiltration_protection_enabled = true",
      ),
    },
  },
  {
    id: "azure-synapse-data-may-leave",
    severity: "medium",
    category: "exposure",
    title: "Jobs of the Synapse workspace may send data to any tenant",
    resourceTypes: [synapse],
    failsWhen: all(not(isTrue("data_exfiltration_protection_enabled")), isTrue("managed_virtual_network_enabled")),
    why: "Whoever may write a job can copy everything to an organization that is not yours.",
    fix: "Set data_exfiltration_protection_enabled = true; it cannot be switched on later.",
    controls: [],
    repair: "none",
    examples: {
      bad: resourceOf(synapse, "managed_virtual_network_enabled = true"),
      good: resourceOf(
        synapse,
        "managed_virtual_network_enabled = true",
        "data_exfiltration_protection_enabled = true",
      ),
    },
  },
  publicNetworkRule({
    id: "azure-databricks-public-network",
    noun: "Databricks workspace",
    types: [databricks],
    closed: publicOff,
    set: "public_network_access_enabled = false",
    controls: ["CIS Azure 5.0 2.1.10"],
  }),
  {
    id: "azure-databricks-public-machines",
    severity: "medium",
    category: "exposure",
    title: "The Databricks machines have addresses on the internet",
    resourceTypes: [databricks],
    failsWhen: equals("custom_parameters.no_public_ip", false),
    why: "One wrong rule of a security group later anybody can attack them.",
    fix: "Set no_public_ip = true in custom_parameters.",
    controls: ["CIS Azure 5.0 2.1.9"],
    repair: "none",
    examples: {
      bad: resourceOf(databricks, parameters(false)),
      good: resourceOf(databricks, parameters(true)),
    },
  },
  {
    id: "azure-databricks-shared-network",
    severity: "low",
    category: "exposure",
    title: "The Databricks workspace stands in a network that you do not rule",
    resourceTypes: [databricks],
    failsWhen: not(present("custom_parameters.virtual_network_id")),
    why: "No rule or log of yours sees what its machines talk to.",
    fix: "Set virtual_network_id and the two subnets in custom_parameters.",
    controls: ["CIS Azure 5.0 2.1.1"],
    examples: {
      bad: resourceOf(databricks, "custom_parameters {\n  no_public_ip = true\n}"),
      good: resourceOf(databricks, parameters(true)),
    },
  },
  ownKeyRule({
    id: "azure-databricks-no-own-key",
    noun: "Databricks workspace",
    types: [databricks],
    own: isTrue("customer_managed_key_enabled"),
    attribute: "managed_services_cmk_key_vault_key_id, and set customer_managed_key_enabled = true",
    set: "customer_managed_key_enabled = true",
    controls: ["CIS Azure 5.0 2.1.8"],
  }),
  {
    id: "azure-kusto-disks-not-encrypted",
    severity: "medium",
    category: "encryption",
    title: "The Data Explorer cluster's disks are not encrypted",
    resourceTypes: [kusto],
    failsWhen: not(any(isTrue("disk_encryption_enabled"), isTrue("enable_disk_encryption"))),
    why: "Caches on the machines hold the data in clear.",
    fix: "Set disk_encryption_enabled = true.",
    controls: [],
    examples: {
      bad: resourceOf(kusto, 'name = "orders"'),
      good: resourceOf(kusto, 'name = "orders"', "disk_encryption_enabled = true"),
    },
  },
  publicNetworkRule({
    id: "azure-kusto-public-network",
    noun: "Data Explorer cluster",
    types: [kusto],
    closed: any(publicOff, present("allowed_ip_ranges"), present("virtual_network_configuration")),
    set: "public_network_access_enabled = false",
  }),
  {
    id: "azure-hdinsight-old-tls",
    severity: "high",
    category: "encryption",
    title: "The HDInsight cluster takes TLS older than 1.2",
    resourceTypes: hdinsight,
    failsWhen: oldTlsVersion("tls_min_version"),
    why: "Old protocols have known breaks; who sits on the way can read or change what is sent.",
    fix: 'Set tls_min_version = "1.2".',
    controls: [],
    examples: {
      bad: resourceOf(hdinsight[0] ?? "", 'tls_min_version = "1.0"'),
      good: resourceOf(hdinsight[0] ?? "", 'tls_min_version = "1.2"'),
    },
  },
  publicNetworkRule({
    id: "azure-purview-public-network",
    noun: "Purview account",
    types: ["azurerm_purview_account"],
    closed: equals("public_network_enabled", false),
    set: "public_network_enabled = false",
  }),
  publicNetworkRule({
    id: "azure-app-configuration-public-network",
    noun: "configuration store",
    types: ["azurerm_app_configuration"],
    closed: anyMatches("public_network_access", /^disabled$/i),
    set: 'public_network_access = "Disabled"',
  }),
  sharedKeyRule({
    id: "azure-app-configuration-shared-keys",
    noun: "configuration store",
    types: ["azurerm_app_configuration"],
    off: equals("local_auth_enabled", false),
    set: "local_auth_enabled = false",
  }),
];

function parameters(noPublicAddress: boolean): string {
  return `custom_parameters {\n  no_public_ip       = ${noPublicAddress}\n  virtual_network_id = "orders"\n}`;
}
