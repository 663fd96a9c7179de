import type { Rule } from "../../rule.ts";
import { all, any, equals, isTrue, lacks, not, oneOf, present } from "../../vocabulary/condition.ts";
import type { Condition } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";
import { ownKeyRule, sharedKeyRule } from "./families.ts";
import { resourceOf } from "./resource-example.ts";

const account = "azurerm_storage_account";

/** Kinds without blobs. */
const onlyFiles = oneOf("account_kind", ["FileStorage"]);

export const azureStorageKeepingRules: Rule[] = [
  sharedKeyRule({
    id: "azure-storage-shared-keys",
    noun: "storage account",
    types: [account],
    severity: "medium",
    off: equals("shared_access_key_enabled", false),
    set: "shared_access_key_enabled = false",
    controls: ["CIS Azure 5.0 9.3.1.3"],
  }),
  {
    id: "azure-storage-other-tenants-copy",
    severity: "medium",
    category: "exposure",
    title: "Objects of the storage account may be copied to other tenants",
    resourceTypes: [account],
    failsWhen: isTrue("cross_tenant_replication_enabled"),
    why: "Who may set up a replication can send everything to an organization that is not yours.",
    fix: "Set cross_tenant_replication_enabled = false.",
    controls: ["CIS Azure 5.0 9.3.7"],
    examples: {
      bad: resourceOf(account, "cross_tenant_replication_enabled = true"),
      good: resourceOf(account, "cross_tenant_replication_enabled = false"),
    },
  },
  {
    id: "azure-storage-cors-everybody",
    severity: "medium",
    category: "exposure",
    title: "Every website may call the storage account from its visitors' browsers",
    resourceTypes: [account],
    failsWhen: anyMatches("blob_properties.cors_rule.allowed_origins", /^\*$/),
    why: "A page of anybody can use what the browser of a visitor is let in for.",
    fix: "List the origins of your own pages in allowed_origins.",
    controls: [],
    examples: {
      bad: resourceOf(account, corsOf("*")),
      good: resourceOf(account, corsOf("https://shop.example.com")),
    },
  },
  {
    id: "azure-storage-sftp",
    severity: "medium",
    category: "exposure",
    title: "The storage account lets local users in over SFTP",
    resourceTypes: [account],
    failsWhen: isTrue("sftp_enabled"),
    why: "Local users have passwords or keys that no directory knows, no second factor guards and nobody takes back.",
    fix: "Remove sftp_enabled, or keep it on an account of its own that is reached from known networks only.",
    controls: [],
    repair: "none",
    examples: {
      bad: resourceOf(account, "is_hns_enabled = true", "sftp_enabled = true"),
      good: resourceOf(account, "is_hns_enabled = true", "sftp_enabled = false"),
    },
  },
  kept(
    "blob",
    "blob_properties.delete_retention_policy",
    "Deleted blobs are gone at once",
    "9.2.1",
    "delete_retention_policy",
  ),
  kept(
    "container",
    "blob_properties.container_delete_retention_policy",
    "Deleted containers are gone at once",
    "9.2.2",
    "container_delete_retention_policy",
  ),
  {
    id: "azure-storage-versioning-off",
    severity: "low",
    category: "backup",
    title: "Overwritten blobs are gone",
    resourceTypes: [account],
    // Data lakes have no versions.
    failsWhen: all(not(isTrue("blob_properties.versioning_enabled")), not(isTrue("is_hns_enabled")), not(onlyFiles)),
    why: "What somebody overwrites, by mistake or to extort, cannot be brought back.",
    fix: "Set versioning_enabled = true in blob_properties.",
    controls: ["CIS Azure 5.0 9.2.3"],
    examples: {
      bad: resourceOf(account, "blob_properties {\n  versioning_enabled = false\n}"),
      good: resourceOf(account, "blob_properties {\n  versioning_enabled = true\n}"),
    },
  },
  {
    id: "azure-storage-trusted-services-locked-out",
    severity: "low",
    category: "exposure",
    title: "Azure's own services cannot get through the network rules",
    resourceTypes: [account, "azurerm_storage_account_network_rules"],
    failsWhen: any(lockedOut("network_rules."), lockedOut("")),
    why: "Backups, logs and alerts that are written by Azure itself stop without a word.",
    fix: 'Add "AzureServices" to bypass.',
    controls: ["CIS Azure 5.0 9.3.5"],
    examples: {
      bad: resourceOf("azurerm_storage_account_network_rules", 'default_action = "Deny"', 'bypass = ["None"]'),
      good: resourceOf(
        "azurerm_storage_account_network_rules",
        'default_action = "Deny"',
        'bypass = ["AzureServices"]',
      ),
    },
  },
  {
    id: "azure-storage-portal-uses-keys",
    severity: "low",
    category: "identity",
    title: "The portal opens the storage account with its keys",
    resourceTypes: [account],
    failsWhen: not(isTrue("default_to_oauth_authentication")),
    why: "People work with all rights where their own would do, and the log does not name them.",
    fix: "Set default_to_oauth_authentication = true.",
    controls: ["CIS Azure 5.0 9.3.3.1"],
    examples: {
      bad: resourceOf(account, 'account_tier = "Standard"'),
      good: resourceOf(account, 'account_tier = "Standard"', "default_to_oauth_authentication = true"),
    },
  },
  {
    id: "azure-storage-one-region",
    severity: "low",
    category: "backup",
    title: "The storage account has no copy in another region",
    resourceTypes: [account],
    failsWhen: oneOf("account_replication_type", ["LRS", "ZRS"]),
    why: "When the region is lost, so is what lies there.",
    fix: "Set account_replication_type to GRS, RAGRS, GZRS or RAGZRS for what has to outlive a region.",
    controls: ["CIS Azure 5.0 9.3.11"],
    examples: {
      bad: resourceOf(account, 'account_replication_type = "LRS"'),
      good: resourceOf(account, 'account_replication_type = "GZRS"'),
    },
  },
  ownKeyRule({
    id: "azure-storage-no-own-key",
    noun: "storage account",
    types: [account],
    own: any(
      present("customer_managed_key"),
      not(lacks("azurerm_storage_account_customer_managed_key", { from: "storage_account_id", to: ["id"] })),
    ),
    controls: ["CIS Azure 5.0 6.1.1.3"],
    attribute: "customer_managed_key",
    set: 'customer_managed_key {\n  key_vault_key_id          = "https://orders.vault.azure.net/keys/orders"\n  user_assigned_identity_id = "orders"\n}',
  }),
];

function lockedOut(base: string): Condition {
  return all(
    present(`${base}bypass`),
    not(anyMatches(`${base}bypass`, /^AzureServices$/i)),
    equals(`${base}default_action`, "Deny"),
  );
}

function kept(what: string, path: string, title: string, control: string, block: string): Rule {
  return {
    id: `azure-storage-${what}-not-kept`,
    severity: "low",
    category: "backup",
    title,
    resourceTypes: [account],
    failsWhen: all(not(present(path)), not(onlyFiles)),
    why: "What is deleted by mistake, or by somebody who wants money for it, cannot be brought back.",
    fix: `Add a ${block} to blob_properties.`,
    controls: [`CIS Azure 5.0 ${control}`],
    examples: {
      bad: resourceOf(account, "blob_properties {\n  change_feed_enabled = true\n}"),
      good: resourceOf(account, `blob_properties {\n  change_feed_enabled = true\n  ${block} {\n    days = 7\n  }\n}`),
    },
  };
}

function corsOf(origin: string): string {
  return `blob_properties {\n  cors_rule {\n    allowed_headers = ["x-ms-meta"]\n    allowed_methods = ["GET"]\n    allowed_origins = ["${origin}"]\n  }\n}`;
}
