import type { Rule } from "../../rule.ts";
import { all, any, equals, holds, isTrue, lacks, not, oneOf, present } from "../../vocabulary/condition.ts";

import { anyMatches } from "../../vocabulary/list.ts";
import { resourceOf } from "./resource-example.ts";
import { leftOut, written } from "./written-in-code.ts";

const vault = "azurerm_key_vault";
const key = "azurerm_key_vault_key";
const certificate = "azurerm_key_vault_certificate";
const closed = equals("public_network_access_enabled", false);

export const azureKeyVaultRules: Rule[] = [
  {
    id: "azure-key-vault-network-allowed",
    severity: "high",
    category: "exposure",
    title: "The key vault's network rules let every network in",
    resourceTypes: [vault, "azurerm_key_vault_managed_hardware_security_module"],
    failsWhen: all(oneOf("network_acls.default_action", ["Allow"]), written("network_acls"), not(closed)),
    why: "A stolen token opens every secret from anywhere.",
    fix: 'Set default_action = "Deny" and list the networks that need access.',
    controls: ["CIS Azure 5.0 8.3.7"],
    repair: "none",
    examples: {
      bad: resourceOf(vault, 'network_acls {\n  bypass         = "AzureServices"\n  default_action = "Allow"\n}'),
      good: resourceOf(vault, 'network_acls {\n  bypass         = "AzureServices"\n  default_action = "Deny"\n}'),
    },
  },
  {
    id: "azure-key-vault-no-network-rules",
    severity: "medium",
    category: "exposure",
    title: "The key vault can be reached from every network",
    resourceTypes: [vault, "azurerm_key_vault_managed_hardware_security_module"],
    // Azure fills the block with what it does where the code has none.
    failsWhen: all(
      not(closed),
      any(not(present("network_acls")), all(oneOf("network_acls.default_action", ["Allow"]), leftOut("network_acls"))),
    ),
    why: "A stolen token opens every secret from anywhere.",
    fix: 'Set public_network_access_enabled = false, or add network_acls with default_action = "Deny".',
    controls: ["CIS Azure 5.0 8.3.7"],
    repair: "none",
    examples: {
      bad: resourceOf(vault, 'sku_name = "standard"'),
      good: resourceOf(vault, 'sku_name = "standard"', "public_network_access_enabled = false"),
    },
  },
  {
    id: "azure-key-vault-purge-allowed",
    severity: "medium",
    category: "backup",
    title: "Deleted keys and secrets can be purged at once",
    resourceTypes: [vault, "azurerm_key_vault_managed_hardware_security_module"],
    failsWhen: any(not(isTrue("purge_protection_enabled")), equals("soft_delete_enabled", false)),
    why: "Whoever deletes and purges a key has destroyed everything that was encrypted with it.",
    fix: "Set purge_protection_enabled = true.",
    controls: ["CIS Azure 5.0 8.3.5"],
    examples: {
      bad: resourceOf(vault, "purge_protection_enabled = false"),
      good: resourceOf(vault, "purge_protection_enabled = true"),
    },
  },
  {
    id: "azure-key-vault-access-policies",
    severity: "low",
    category: "identity",
    title: "The key vault hands out rights by access policies of its own",
    resourceTypes: [vault],
    failsWhen: not(any(isTrue("rbac_authorization_enabled"), isTrue("enable_rbac_authorization"))),
    why: "Access policies give rights to everything in the vault, and whoever may change the vault may give himself all of them.",
    fix: "Set rbac_authorization_enabled = true (enable_rbac_authorization in older providers) and use role assignments.",
    controls: ["CIS Azure 5.0 8.3.6"],
    repair: "none",
    examples: {
      bad: resourceOf(vault, 'sku_name = "standard"'),
      good: resourceOf(vault, 'sku_name = "standard"', "rbac_authorization_enabled = true"),
    },
  },
  {
    id: "azure-key-vault-policy-purges",
    severity: "medium",
    category: "identity",
    title: "An access policy allows to purge what is in the key vault",
    resourceTypes: ["azurerm_key_vault_access_policy"],
    failsWhen: any(
      anyMatches("secret_permissions", /^purge$/i),
      anyMatches("key_permissions", /^purge$/i),
      anyMatches("certificate_permissions", /^purge$/i),
    ),
    why: "Nobody needs it in daily work; who gets hold of this identity can destroy keys for good.",
    fix: "Remove Purge from the permissions.",
    controls: [],
    examples: {
      bad: resourceOf("azurerm_key_vault_access_policy", 'secret_permissions = ["Get", "Purge"]'),
      good: resourceOf("azurerm_key_vault_access_policy", 'secret_permissions = ["Get"]'),
    },
  },
  {
    id: "azure-key-vault-audit-off",
    severity: "medium",
    category: "logging",
    title: "Nobody records who uses the key vault",
    resourceTypes: [vault],
    failsWhen: lacks("azurerm_monitor_diagnostic_setting", { from: "target_resource_id", to: ["id"] }),
    why: "After a theft nobody can tell which secrets were read.",
    fix: "Add an azurerm_monitor_diagnostic_setting with the category AuditEvent for the vault.",
    controls: ["CIS Azure 5.0 6.1.1.4"],
    examples: {
      bad: resourceOf(vault, 'sku_name = "standard"'),
      good: `${resourceOf(vault, 'sku_name = "standard"')}
resource "azurerm_monitor_diagnostic_setting" "orders" {
  target_resource_id = azurerm_key_vault.orders.id
  enabled_log {
    category = "AuditEvent"
  }
}`,
    },
  },
  {
    id: "azure-key-vault-no-private-endpoint",
    severity: "low",
    category: "exposure",
    title: "No private endpoint leads to the key vault",
    resourceTypes: [vault],
    failsWhen: lacks("azurerm_private_endpoint", {
      from: "private_service_connection.private_connection_resource_id",
      to: ["id"],
    }),
    why: "Secrets travel outside of the private network.",
    fix: "Add an azurerm_private_endpoint whose private_service_connection names the vault.",
    controls: ["CIS Azure 5.0 8.3.8"],
    examples: {
      bad: resourceOf(vault, 'sku_name = "standard"'),
      good: `${resourceOf(vault, 'sku_name = "standard"')}
resource "azurerm_private_endpoint" "orders" {
  private_service_connection {
    private_connection_resource_id = azurerm_key_vault.orders.id
  }
}`,
    },
  },
  {
    id: "azure-key-vault-key-never-expires",
    severity: "medium",
    category: "encryption",
    title: "The key never expires",
    resourceTypes: [key],
    failsWhen: all(not(present("expiration_date")), not(present("rotation_policy.expire_after"))),
    why: "A key that nobody has to change stays in use long after it was copied.",
    fix: "Set expiration_date, or a rotation_policy with expire_after.",
    controls: ["CIS Azure 5.0 8.3.1", "CIS Azure 5.0 8.3.2"],
    examples: {
      bad: resourceOf(key, 'key_type = "RSA"'),
      good: resourceOf(key, 'key_type = "RSA"', 'expiration_date = "2027-12-31T00:00:00Z"'),
    },
  },
  {
    id: "azure-key-vault-secret-never-expires",
    severity: "medium",
    category: "encryption",
    title: "The secret never expires",
    resourceTypes: ["azurerm_key_vault_secret"],
    failsWhen: not(present("expiration_date")),
    why: "A password that nobody has to change stays in use long after it was copied.",
    fix: "Set expiration_date.",
    controls: ["CIS Azure 5.0 8.3.3", "CIS Azure 5.0 8.3.4"],
    examples: {
      bad: resourceOf("azurerm_key_vault_secret", 'name = "orders"'),
      good: resourceOf("azurerm_key_vault_secret", 'name = "orders"', 'expiration_date = "2027-12-31T00:00:00Z"'),
    },
  },
  {
    id: "azure-key-vault-key-not-rotated",
    severity: "low",
    category: "encryption",
    title: "The key is not rotated by itself",
    resourceTypes: [key],
    failsWhen: not(present("rotation_policy.automatic")),
    why: "Rotation by hand is forgotten until the key expires, and then everything stops.",
    fix: "Add a rotation_policy with an automatic block.",
    controls: ["CIS Azure 5.0 8.3.9"],
    examples: {
      bad: resourceOf(key, 'rotation_policy {\n  expire_after = "P90D"\n}'),
      good: resourceOf(
        key,
        'rotation_policy {\n  expire_after = "P90D"\n  automatic {\n    time_before_expiry = "P30D"\n  }\n}',
      ),
    },
  },
  {
    id: "azure-key-vault-key-short",
    severity: "medium",
    category: "encryption",
    title: "The key is too short",
    resourceTypes: [key],
    failsWhen: holds("key_size", "number", (bits) => bits !== null && Number(bits) < 2048),
    why: "RSA keys below 2048 bits can be broken.",
    fix: "Set key_size = 3072 or more, or use an elliptic curve.",
    controls: [],
    examples: {
      bad: resourceOf(key, 'expiration_date = "2027-12-31T00:00:00Z"', "key_size = 1024"),
      good: resourceOf(key, 'expiration_date = "2027-12-31T00:00:00Z"', "key_size = 3072"),
    },
  },
  {
    id: "azure-key-vault-certificate-long",
    severity: "low",
    category: "encryption",
    title: "The certificate is valid for more than a year",
    resourceTypes: [certificate],
    failsWhen: holds(
      "certificate_policy.x509_certificate_properties.validity_in_months",
      "number",
      (months) => months !== null && Number(months) > 12,
    ),
    why: "A copied key of it can be used for that long.",
    fix: "Set validity_in_months to 12 or less, and let it be renewed by itself.",
    controls: ["CIS Azure 5.0 8.3.11"],
    examples: { bad: certificateFor(36), good: certificateFor(12) },
  },
];

function certificateFor(months: number): string {
  return resourceOf(
    certificate,
    `certificate_policy {\n  x509_certificate_properties {\n    validity_in_months = ${months}\n  }\n}`,
  );
}
