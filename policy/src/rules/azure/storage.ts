import type { Rule } from "../../rule.ts";
import { all, any, equals, isTrue, lacks, not, oneOf, present, refersTo } from "../../vocabulary/condition.ts";
import type { Condition } from "../../vocabulary/condition.ts";
import { oldTlsRule } from "./families.ts";
import { resourceOf } from "./resource-example.ts";
import { leftOut, written } from "./written-in-code.ts";

const account = "azurerm_storage_account";
const ofAccount = { from: "storage_account_id", to: ["id"] };

/** The account of a container refuses public blobs, whatever the container asks for. */
const accountRefuses: Condition = any(
  ...["allow_nested_items_to_be_public", "allow_blob_public_access"].flatMap((setting) => [
    refersTo(account, { from: "storage_account_name", to: ["name"] }, equals(setting, false)),
    refersTo(account, { from: "storage_account_id", to: ["id"] }, equals(setting, false)),
  ]),
);

const closed = equals("public_network_access_enabled", false);

export const azureStorageRules: Rule[] = [
  {
    id: "azure-storage-container-public",
    severity: "critical",
    category: "exposure",
    title: "The container's blobs can be read by everybody",
    resourceTypes: ["azurerm_storage_container"],
    failsWhen: all(oneOf("container_access_type", ["blob", "container", "Blob", "Container"]), not(accountRefuses)),
    why: "What lies in a public container is published, also what somebody puts there by mistake later.",
    fix: 'Set container_access_type = "private" and hand out links that end, or put a content delivery network in front.',
    controls: ["CIS Azure 5.0 9.3.8"],
    examples: {
      bad: resourceOf("azurerm_storage_container", 'name = "invoices"', 'container_access_type = "blob"'),
      good: resourceOf("azurerm_storage_container", 'name = "invoices"', 'container_access_type = "private"'),
    },
  },
  {
    id: "azure-storage-public-blobs-allowed",
    severity: "high",
    category: "exposure",
    title: "The storage account is told to allow public containers",
    resourceTypes: [account],
    failsWhen: any(
      all(isTrue("allow_nested_items_to_be_public"), written("allow_nested_items_to_be_public")),
      isTrue("allow_blob_public_access"),
    ),
    why: "Whoever may write to the account can publish a container with one click, and nothing stops it.",
    fix: "Set allow_nested_items_to_be_public = false.",
    controls: ["CIS Azure 5.0 9.3.8"],
    examples: {
      bad: resourceOf(account, "allow_nested_items_to_be_public = true"),
      good: resourceOf(account, "allow_nested_items_to_be_public = false"),
    },
  },
  {
    id: "azure-storage-public-blobs-not-refused",
    severity: "medium",
    category: "exposure",
    title: "The storage account leaves it open whether containers may be public",
    resourceTypes: [account],
    // The provider takes true; version 2 of it had another name, and took false.
    failsWhen: all(
      not(equals("allow_nested_items_to_be_public", false)),
      leftOut("allow_nested_items_to_be_public"),
      not(present("allow_blob_public_access")),
    ),
    why: "The provider allows it where nothing is said, so a container can be published by mistake.",
    fix: "Set allow_nested_items_to_be_public = false.",
    controls: ["CIS Azure 5.0 9.3.8"],
    examples: {
      bad: resourceOf(account, 'account_tier = "Standard"'),
      good: resourceOf(account, 'account_tier = "Standard"', "allow_nested_items_to_be_public = false"),
    },
  },
  {
    id: "azure-storage-plain-http",
    severity: "high",
    category: "encryption",
    title: "The storage account answers without TLS",
    resourceTypes: [account],
    // File shares and blobs over NFS have no TLS of this kind; such an account has to switch it off.
    failsWhen: all(
      any(equals("https_traffic_only_enabled", false), equals("enable_https_traffic_only", false)),
      not(isTrue("nfsv3_enabled")),
    ),
    why: "Data and signatures of requests can be read by anybody on the way.",
    fix: "Set https_traffic_only_enabled = true (enable_https_traffic_only before version 4 of the provider).",
    controls: ["CIS Azure 5.0 9.3.4"],
    examples: {
      bad: resourceOf(account, "https_traffic_only_enabled = false"),
      good: resourceOf(account, "https_traffic_only_enabled = true"),
    },
  },
  oldTlsRule({
    id: "azure-storage-old-tls",
    noun: "storage account",
    types: [account],
    attribute: "min_tls_version",
    old: "TLS1_0",
    new: "TLS1_2",
    controls: ["CIS Azure 5.0 9.3.6"],
  }),
  {
    id: "azure-storage-network-allowed",
    severity: "high",
    category: "exposure",
    title: "The storage account's network rules let every network in",
    resourceTypes: [account, "azurerm_storage_account_network_rules"],
    failsWhen: all(
      any(
        all(equals("network_rules.default_action", "Allow"), written("network_rules")),
        equals("default_action", "Allow"),
      ),
      not(closed),
    ),
    why: "A key or a link that leaks can be used from anywhere.",
    fix: 'Set default_action = "Deny" and list the networks that need access.',
    controls: ["CIS Azure 5.0 9.3.2.3"],
    repair: "none",
    examples: {
      bad: resourceOf("azurerm_storage_account_network_rules", 'default_action = "Allow"'),
      good: resourceOf("azurerm_storage_account_network_rules", 'default_action = "Deny"'),
    },
  },
  {
    id: "azure-storage-no-network-rules",
    severity: "medium",
    category: "exposure",
    title: "The storage account can be reached from every network",
    resourceTypes: [account],
    failsWhen: all(
      not(closed),
      // Azure fills the block with what it does where the code has none.
      any(
        not(present("network_rules")),
        all(equals("network_rules.default_action", "Allow"), leftOut("network_rules")),
      ),
      lacks("azurerm_storage_account_network_rules", ofAccount),
      lacks("azurerm_storage_account_network_rules", { from: "storage_account_name", to: ["name"] }),
    ),
    why: "A key or a link that leaks can be used from anywhere.",
    fix: 'Set public_network_access_enabled = false, or add network_rules with default_action = "Deny".',
    controls: ["CIS Azure 5.0 9.3.2.2", "CIS Azure 5.0 9.3.2.3"],
    repair: "none",
    examples: {
      bad: resourceOf(account, 'account_tier = "Standard"'),
      good: resourceOf(account, 'account_tier = "Standard"', "public_network_access_enabled = false"),
    },
  },
  {
    id: "azure-storage-no-private-endpoint",
    severity: "low",
    category: "exposure",
    title: "No private endpoint leads to the storage account",
    resourceTypes: [account],
    failsWhen: lacks("azurerm_private_endpoint", {
      from: "private_service_connection.private_connection_resource_id",
      to: ["id"],
    }),
    why: "Traffic to the account leaves the private network.",
    fix: "Add an azurerm_private_endpoint whose private_service_connection names the account.",
    controls: ["CIS Azure 5.0 9.3.2.1"],
    examples: {
      bad: resourceOf(account, 'account_tier = "Standard"'),
      good: `${resourceOf(account, 'account_tier = "Standard"')}
resource "azurerm_private_endpoint" "orders" {
  private_service_connection {
    private_connection_resource_id = azurerm_storage_account.orders.id
  }
}`,
    },
  },
];
