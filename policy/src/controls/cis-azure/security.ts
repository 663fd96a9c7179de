import { all, any, isTrue, not, oneOf, present, refersTo } from "../../vocabulary/condition.ts";
import type { Condition } from "../../vocabulary/condition.ts";
import { cisAzure } from "./editions.ts";
import type { Control } from "../control.ts";

/** Defender is paid for, for this kind of resource. */
function defender(id: string, resourceType: string, what: string): Control {
  return cisAzure({
    id,
    title: `Defender watches ${what}`,
    scope: "account",
    severity: "medium",
    exists: {
      resourceTypes: ["azurerm_security_center_subscription_pricing"],
      where: all(
        oneOf("tier", ["Standard"]),
        // The provider takes machines where no kind is named.
        resourceType === "VirtualMachines"
          ? any(oneOf("resource_type", [resourceType]), not(present("resource_type")))
          : oneOf("resource_type", [resourceType]),
      ),
    },
  });
}

function contact(id: string, title: string, where: Condition): Control {
  return cisAzure({
    id,
    title,
    scope: "account",
    severity: "low",
    counts: not(where),
    exists: { resourceTypes: ["azurerm_security_center_contact"], where },
  });
}

/** The key or secret lies in a vault whose rights are given by role assignments. */
const underRoles: Condition = refersTo(
  "azurerm_key_vault",
  { from: "key_vault_id", to: ["id"] },
  any(isTrue("rbac_authorization_enabled"), isTrue("enable_rbac_authorization")),
);

/** Section 8 of CIS Azure Foundations 5.0: Defender and key vaults. */
export const cisAzureSecurity: readonly Control[] = [
  defender("8.1.1.1", "CloudPosture", "how everything is set up"),
  defender("8.1.2.1", "Api", "APIs"),
  defender("8.1.3.1", "VirtualMachines", "machines"),
  defender("8.1.4.1", "Containers", "containers"),
  defender("8.1.5.1", "StorageAccounts", "storage accounts"),
  defender("8.1.6.1", "AppServices", "apps"),
  defender("8.1.7.1", "CosmosDbs", "Cosmos DB"),
  defender("8.1.7.2", "OpenSourceRelationalDatabases", "PostgreSQL and MySQL"),
  defender("8.1.7.3", "SqlServers", "SQL servers"),
  defender("8.1.7.4", "SqlServerVirtualMachines", "SQL Server on machines"),
  defender("8.1.8.1", "KeyVaults", "key vaults"),
  defender("8.1.9.1", "Arm", "calls of Azure's API"),
  contact("8.1.12", "Owners are told of Defender's alerts", isTrue("alerts_to_admins")),
  contact("8.1.13", "Somebody for security is told of Defender's alerts", present("email")),
  contact("8.1.14", "Defender sends its alerts", isTrue("alert_notifications")),
  cisAzure({
    id: "8.3.1",
    title: "Keys in vaults with role assignments expire",
    scope: "resource",
    severity: "medium",
    counts: underRoles,
  }),
  cisAzure({
    id: "8.3.2",
    title: "Keys in vaults with access policies expire",
    scope: "resource",
    severity: "medium",
    counts: not(underRoles),
  }),
  cisAzure({
    id: "8.3.3",
    title: "Secrets in vaults with role assignments expire",
    scope: "resource",
    severity: "medium",
    counts: underRoles,
  }),
  cisAzure({
    id: "8.3.4",
    title: "Secrets in vaults with access policies expire",
    scope: "resource",
    severity: "medium",
    counts: not(underRoles),
  }),
  cisAzure({ id: "8.3.5", title: "Key vaults cannot be purged at once", scope: "resource", severity: "medium" }),
  cisAzure({
    id: "8.3.6",
    title: "Rights to key vaults are given by role assignments",
    scope: "resource",
    severity: "medium",
  }),
  cisAzure({
    id: "8.3.7",
    title: "Key vaults cannot be reached from every network",
    scope: "resource",
    severity: "high",
  }),
  cisAzure({ id: "8.3.8", title: "A private endpoint leads to every key vault", scope: "joined", severity: "high" }),
  cisAzure({ id: "8.3.9", title: "Keys are rotated by themselves", scope: "resource", severity: "low" }),
  cisAzure({ id: "8.3.11", title: "Certificates are valid for a year at most", scope: "resource", severity: "low" }),
];
