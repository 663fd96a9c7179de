import type { Rule } from "../../rule.ts";
import { all, any, anything, connected, not, present } from "../../vocabulary/condition.ts";
import type { Condition } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";
import { resourceOf } from "./resource-example.ts";

const account = "azurerm_storage_account";

const hasShares: Condition = any(
  connected("azurerm_storage_share", { from: "storage_account_name", to: ["name"] }, anything),
  connected("azurerm_storage_share", { from: "storage_account_id", to: ["id"] }, anything),
);

/** SMB takes every version or cipher where the code names none. */
function smbAllows(setting: string, weak: RegExp): Condition {
  return any(
    anyMatches(`share_properties.smb.${setting}`, weak),
    all(not(present(`share_properties.smb.${setting}`)), hasShares),
  );
}

export const azureStorageShareRules: Rule[] = [
  {
    id: "azure-storage-share-not-kept",
    severity: "low",
    category: "backup",
    title: "Deleted file shares are gone at once",
    resourceTypes: [account],
    failsWhen: all(not(present("share_properties.retention_policy")), hasShares),
    why: "A share that is deleted by mistake cannot be brought back.",
    fix: "Add share_properties with a retention_policy.",
    controls: ["CIS Azure 5.0 9.1.1"],
    examples: withShare(
      'share_properties {\n  smb {\n    versions                = ["SMB3.1.1"]\n    channel_encryption_type = ["AES-256-GCM"]\n  }\n}',
      'share_properties {\n  retention_policy {\n    days = 7\n  }\n  smb {\n    versions                = ["SMB3.1.1"]\n    channel_encryption_type = ["AES-256-GCM"]\n  }\n}',
    ),
  },
  {
    id: "azure-storage-share-old-smb",
    severity: "low",
    category: "encryption",
    title: "File shares take old versions of SMB",
    resourceTypes: [account],
    failsWhen: smbAllows("versions", /^SMB(?:2|3\.0)/i),
    why: "SMB before 3.1.1 does not notice when somebody on the way talks both sides into weaker encryption.",
    fix: 'Set versions = ["SMB3.1.1"] in share_properties.smb.',
    controls: ["CIS Azure 5.0 9.1.2"],
    examples: {
      bad: resourceOf(account, 'share_properties {\n  smb {\n    versions = ["SMB2.1", "SMB3.1.1"]\n  }\n}'),
      good: resourceOf(account, 'share_properties {\n  smb {\n    versions = ["SMB3.1.1"]\n  }\n}'),
    },
  },
  {
    id: "azure-storage-share-weak-cipher",
    severity: "low",
    category: "encryption",
    title: "File shares take weaker ciphers than AES-256-GCM",
    resourceTypes: [account],
    failsWhen: smbAllows("channel_encryption_type", /^AES-128/i),
    why: "Clients choose the weakest cipher that both sides take.",
    fix: 'Set channel_encryption_type = ["AES-256-GCM"] in share_properties.smb.',
    controls: ["CIS Azure 5.0 9.1.3"],
    examples: {
      bad: resourceOf(account, 'share_properties {\n  smb {\n    channel_encryption_type = ["AES-128-CCM"]\n  }\n}'),
      good: resourceOf(account, 'share_properties {\n  smb {\n    channel_encryption_type = ["AES-256-GCM"]\n  }\n}'),
    },
  },
];

function withShare(bad: string, good: string): Rule["examples"] {
  const share = `resource "azurerm_storage_share" "orders" {\n  storage_account_id = azurerm_storage_account.orders.id\n}`;
  return { bad: `${resourceOf(account, bad)}\n${share}`, good: `${resourceOf(account, good)}\n${share}` };
}
