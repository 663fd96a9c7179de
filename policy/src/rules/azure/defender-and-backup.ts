import type { Rule } from "../../rule.ts";
import { all, any, equals, not, oneOf, present } from "../../vocabulary/condition.ts";
import { below } from "../../vocabulary/number.ts";
import { publicNetworkRule } from "./families.ts";
import { resourceOf } from "./resource-example.ts";

const pricing = "azurerm_security_center_subscription_pricing";
const contact = "azurerm_security_center_contact";
const vault = "azurerm_recovery_services_vault";
const backupVault = "azurerm_data_protection_backup_vault";

export const azureDefenderAndBackupRules: Rule[] = [
  {
    id: "azure-defender-free",
    severity: "medium",
    category: "logging",
    title: "Defender does not watch this kind of resource",
    resourceTypes: [pricing],
    failsWhen: oneOf("tier", ["Free"]),
    why: "Known patterns of attack are not noticed.",
    fix: 'Set tier = "Standard".',
    controls: [],
    repair: "none",
    examples: {
      bad: resourceOf(pricing, 'resource_type = "StorageAccounts"', 'tier = "Free"'),
      good: resourceOf(pricing, 'resource_type = "StorageAccounts"', 'tier = "Standard"'),
    },
  },
  {
    id: "azure-defender-nobody-told",
    severity: "low",
    category: "logging",
    title: "Nobody is told of Defender's alerts",
    resourceTypes: [contact],
    failsWhen: any(equals("alert_notifications", false), equals("alerts_to_admins", false), not(present("email"))),
    why: "An attack is seen by a machine and by no person.",
    fix: "Set email, alert_notifications = true and alerts_to_admins = true.",
    controls: ["CIS Azure 5.0 8.1.12", "CIS Azure 5.0 8.1.13", "CIS Azure 5.0 8.1.14"],
    examples: { bad: told(false), good: told(true) },
  },
  {
    id: "azure-defender-setting-off",
    severity: "low",
    category: "logging",
    title: "A part of Defender is switched off",
    resourceTypes: ["azurerm_security_center_setting", "azurerm_security_center_auto_provisioning"],
    failsWhen: any(equals("enabled", false), oneOf("auto_provision", ["Off"])),
    why: "It does not see what it could.",
    fix: 'Set enabled = true (auto_provision = "On").',
    controls: [],
    examples: {
      bad: resourceOf("azurerm_security_center_setting", 'setting_name = "WDATP"', "enabled = false"),
      good: resourceOf("azurerm_security_center_setting", 'setting_name = "WDATP"', "enabled = true"),
    },
  },
  {
    id: "azure-backup-deleted-at-once",
    severity: "high",
    category: "backup",
    title: "Deleted backups are gone at once",
    resourceTypes: [vault, backupVault],
    failsWhen: any(equals("soft_delete_enabled", false), oneOf("soft_delete", ["Off"])),
    why: "Who wants money for your data deletes its backups first.",
    fix: 'Remove soft_delete_enabled = false (set soft_delete = "On").',
    controls: [],
    examples: {
      bad: resourceOf(vault, 'sku = "Standard"', "soft_delete_enabled = false"),
      good: resourceOf(vault, 'sku = "Standard"', "soft_delete_enabled = true"),
    },
  },
  {
    id: "azure-backup-changeable",
    severity: "low",
    category: "backup",
    title: "Backups can be deleted before their time",
    resourceTypes: [vault, backupVault],
    failsWhen: not(all(present("immutability"), not(oneOf("immutability", ["Disabled"])))),
    why: "Who gets hold of an administrator's account shortens their time and waits.",
    fix: 'Set immutability = "Unlocked", and "Locked" once it has proved itself.',
    controls: [],
    repair: "none",
    examples: {
      bad: resourceOf(vault, 'sku = "Standard"', 'immutability = "Disabled"'),
      good: resourceOf(vault, 'sku = "Standard"', 'immutability = "Unlocked"'),
    },
  },
  publicNetworkRule({
    id: "azure-backup-public-network",
    noun: "backup vault",
    types: [vault],
    closed: equals("public_network_access_enabled", false),
    set: "public_network_access_enabled = false",
    severity: "low",
  }),
  {
    id: "azure-backup-one-region",
    severity: "low",
    category: "backup",
    title: "The backups lie in one region only",
    resourceTypes: [vault, backupVault],
    failsWhen: any(oneOf("storage_mode_type", ["LocallyRedundant"]), oneOf("redundancy", ["LocallyRedundant"])),
    why: "When the region is lost, so are the backups.",
    fix: 'Set storage_mode_type (redundancy) to "GeoRedundant".',
    controls: [],
    repair: "none",
    examples: {
      bad: resourceOf(backupVault, 'redundancy = "LocallyRedundant"'),
      good: resourceOf(backupVault, 'redundancy = "GeoRedundant"'),
    },
  },
  {
    id: "azure-backup-short",
    severity: "low",
    category: "backup",
    title: "Daily backups are kept for less than a week",
    resourceTypes: ["azurerm_backup_policy_vm", "azurerm_backup_policy_file_share"],
    failsWhen: all(below("retention_daily.count", 7), present("retention_daily")),
    why: "A fault that is found after a holiday cannot be taken back.",
    fix: "Set count = 7 or more in retention_daily.",
    controls: [],
    examples: { bad: daily(3), good: daily(30) },
  },
];

function told(notified: boolean): string {
  return resourceOf(
    contact,
    'email               = "security@example.com"',
    `alert_notifications = ${notified}`,
    "alerts_to_admins    = true",
  );
}

function daily(count: number): string {
  return resourceOf("azurerm_backup_policy_vm", `retention_daily {\n  count = ${count}\n}`);
}
