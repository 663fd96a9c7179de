import { cisAzure } from "./editions.ts";
import type { Control } from "../control.ts";

function account(
  id: string,
  severity: Control["severity"],
  title: string,
  scope: Control["scope"] = "resource",
): Control {
  return cisAzure({ id, title, scope, severity });
}

/** Section 9 of CIS Azure Foundations 5.0: storage accounts. */
export const cisAzureStorage: readonly Control[] = [
  account("9.1.1", "low", "Deleted file shares can be brought back"),
  account("9.1.2", "low", "File shares take SMB 3.1.1 only"),
  account("9.1.3", "low", "File shares take AES-256-GCM only"),
  account("9.2.1", "low", "Deleted blobs can be brought back"),
  account("9.2.2", "low", "Deleted containers can be brought back"),
  account("9.2.3", "low", "Overwritten blobs can be brought back"),
  account("9.3.1.3", "medium", "Storage accounts take no shared keys"),
  account("9.3.2.1", "high", "A private endpoint leads to every storage account", "joined"),
  account("9.3.2.2", "high", "Storage accounts cannot be reached from public networks"),
  account("9.3.2.3", "high", "Storage accounts refuse networks that are not named"),
  account("9.3.3.1", "low", "The portal opens storage accounts with the rights of who is logged in"),
  account("9.3.4", "high", "Storage accounts answer over TLS only"),
  account("9.3.5", "low", "Azure's own services get through the network rules of storage accounts"),
  account("9.3.6", "high", "Storage accounts take TLS 1.2 and newer only"),
  account("9.3.7", "medium", "Objects cannot be copied to other tenants"),
  account("9.3.8", "critical", "Nobody can read blobs without logging in"),
  account("9.3.11", "low", "Storage accounts have a copy in another region"),
];
