import { all, anything, connected, equals, matches, not, oneOf, present } from "../../vocabulary/condition.ts";
import type { Condition } from "../../vocabulary/condition.ts";
import { pointsAtSubscription } from "../../rules/azure/subscription-scope.ts";
import { cisAzure } from "./editions.ts";
import type { Control } from "../control.ts";

const diagnostics = "azurerm_monitor_diagnostic_setting";

/** An alert on the subscription's log that is on and tells somebody. */
function alert(number: number, title: string, criteria: Condition): Control {
  return cisAzure({
    id: `6.1.2.${number}`,
    title: `Somebody is told when ${title}`,
    scope: "account",
    severity: "low",
    exists: {
      resourceTypes: ["azurerm_monitor_activity_log_alert"],
      where: all(criteria, not(equals("enabled", false)), present("action")),
    },
  });
}

function operation(name: string): Condition {
  return matches("criteria.operation_name", new RegExp(`^${name.replaceAll(".", String.raw`\.`)}$`, "i"));
}

/** Section 6 of CIS Azure Foundations 5.0: records and alerts. */
export const cisAzureLogging: readonly Control[] = [
  cisAzure({
    id: "6.1.1.1",
    title: "The subscription's log is sent somewhere",
    scope: "account",
    severity: "medium",
    exists: { resourceTypes: [diagnostics], where: pointsAtSubscription("target_resource_id") },
  }),
  cisAzure({
    id: "6.1.1.2",
    title: "The subscription's log records administration, security, alerts and policies",
    scope: "account",
    severity: "medium",
  }),
  cisAzure({
    id: "6.1.1.3",
    title: "The storage account of the subscription's log is encrypted with a key of your own",
    scope: "joined",
    severity: "low",
    counts: connected(
      diagnostics,
      { from: "storage_account_id", to: ["id"] },
      pointsAtSubscription("target_resource_id"),
    ),
  }),
  cisAzure({ id: "6.1.1.4", title: "Who uses a key vault is recorded", scope: "joined", severity: "medium" }),
  cisAzure({ id: "6.1.1.6", title: "Requests to web apps are logged", scope: "resource", severity: "low" }),
  alert(1, "a policy is assigned", operation("Microsoft.Authorization/policyAssignments/write")),
  alert(2, "the assignment of a policy is taken back", operation("Microsoft.Authorization/policyAssignments/delete")),
  alert(3, "a security group is made or changed", operation("Microsoft.Network/networkSecurityGroups/write")),
  alert(4, "a security group is deleted", operation("Microsoft.Network/networkSecurityGroups/delete")),
  alert(5, "a security solution is made or changed", operation("Microsoft.Security/securitySolutions/write")),
  alert(6, "a security solution is deleted", operation("Microsoft.Security/securitySolutions/delete")),
  alert(7, "a SQL server's firewall is changed", operation("Microsoft.Sql/servers/firewallRules/write")),
  alert(8, "a rule of a SQL server's firewall is deleted", operation("Microsoft.Sql/servers/firewallRules/delete")),
  alert(9, "a public address is made or changed", operation("Microsoft.Network/publicIPAddresses/write")),
  alert(10, "a public address is deleted", operation("Microsoft.Network/publicIPAddresses/delete")),
  alert(11, "a service of Azure is disturbed", oneOf("criteria.category", ["ServiceHealth"])),
  cisAzure({
    id: "6.1.3.1",
    title: "Applications are watched from inside",
    scope: "account",
    severity: "low",
    exists: { resourceTypes: ["azurerm_application_insights"], where: anything },
  }),
];
