import type { Rule } from "../../rule.ts";
import { all, any, equals, not, oneOf, present } from "../../vocabulary/condition.ts";
import { ownKeyRule } from "./families.ts";
import { resourceOf } from "./resource-example.ts";

const disk = "azurerm_managed_disk";
const snapshot = "azurerm_snapshot";

export const azureDiskRules: Rule[] = [
  {
    id: "azure-disk-encryption-off",
    severity: "high",
    category: "encryption",
    title: "Encryption of the disk is switched off",
    resourceTypes: [disk, snapshot],
    failsWhen: equals("encryption_settings.enabled", false),
    why: "Whoever gets a copy of the disk reads everything on it.",
    fix: "Remove encryption_settings, or name keys in it, or set disk_encryption_set_id.",
    controls: [],
    repair: "none",
    examples: {
      bad: resourceOf(disk, "encryption_settings {\n  enabled = false\n}"),
      good: resourceOf(disk, "encryption_settings {\n  enabled = true\n}"),
    },
  },
  {
    id: "azure-disk-export-open",
    severity: "medium",
    category: "exposure",
    title: "The disk can be downloaded from every network",
    resourceTypes: [disk, snapshot],
    // The provider takes AllowAll where nothing is said.
    failsWhen: all(
      not(all(present("network_access_policy"), not(oneOf("network_access_policy", ["AllowAll"])))),
      not(equals("public_network_access_enabled", false)),
    ),
    why: "Who may make a link to the disk, or finds one, takes all of it away.",
    fix: 'Set network_access_policy = "DenyAll", or "AllowPrivate" with a disk_access_id.',
    controls: ["CIS Azure 3.0 8.5"],
    examples: {
      bad: resourceOf(disk, 'network_access_policy = "AllowAll"'),
      good: resourceOf(disk, 'network_access_policy = "DenyAll"'),
    },
  },
  ownKeyRule({
    id: "azure-disk-no-own-key",
    noun: "disk",
    types: [disk],
    own: any(present("disk_encryption_set_id"), present("secure_vm_disk_encryption_set_id")),
    attribute: "disk_encryption_set_id",
    set: 'disk_encryption_set_id = "orders"',
    controls: ["CIS Azure 3.0 8.3", "CIS Azure 3.0 8.4"],
  }),
  {
    id: "azure-disk-key-not-rotated",
    severity: "low",
    category: "encryption",
    title: "Disks stay with the old key after it was rotated",
    resourceTypes: ["azurerm_disk_encryption_set"],
    failsWhen: not(equals("auto_key_rotation_enabled", true)),
    why: "A key that was changed because it leaked goes on being used.",
    fix: "Set auto_key_rotation_enabled = true and name the key without its version.",
    controls: [],
    examples: {
      bad: resourceOf("azurerm_disk_encryption_set", 'key_vault_key_id = "orders"'),
      good: resourceOf(
        "azurerm_disk_encryption_set",
        'key_vault_key_id = "orders"',
        "auto_key_rotation_enabled = true",
      ),
    },
  },
];
