import { anything, connected, matches, not } from "../../vocabulary/condition.ts";
import type { Condition } from "../../vocabulary/condition.ts";
import { cisAzure3, ofType } from "./editions.ts";
import type { Control } from "../control.ts";

function row(
  id: string,
  severity: Control["severity"],
  title: string,
  more: { scope?: Control["scope"]; counts?: Condition } = {},
): Control {
  return cisAzure3({ id, title, severity, scope: "resource", ...more });
}

/** A machine has the disk attached. */
const attached: Condition = connected(
  "azurerm_virtual_machine_data_disk_attachment",
  { from: "managed_disk_id", to: ["id"] },
  anything,
);

const joined = { scope: "joined" } as const;

/** What CIS Azure Foundations 3.0 says of databases, machines and apps. */
export const cisAzure3Controls: readonly Control[] = [
  row("5.1.1", "medium", "What is done on SQL servers is recorded", joined),
  row("5.1.2", "high", "The firewall of SQL servers lets neither the internet nor all of Azure in"),
  row("5.1.3", "medium", "SQL servers encrypt with a key of your own", joined),
  row("5.1.4", "medium", "SQL servers have an administrator of the directory", joined),
  row("5.1.5", "medium", "SQL databases are encrypted"),
  row("5.1.6", "medium", "Records of SQL servers are kept for 90 days"),
  row("5.1.7", "high", "SQL servers cannot be reached from public networks"),
  row("5.2.1", "medium", "PostgreSQL takes TLS only", { counts: ofType("azurerm_postgresql_") }),
  row("5.2.2", "medium", "PostgreSQL logs its checkpoints", { counts: matches("name", /^log_checkpoints$/) }),
  row("5.2.3", "medium", "PostgreSQL slows down who guesses passwords", joined),
  row("5.2.4", "medium", "PostgreSQL keeps its logs for more than three days", joined),
  row("5.2.5", "high", "The firewall of PostgreSQL does not let all of Azure in"),
  row("5.3.1", "medium", "MySQL takes TLS only", { counts: ofType("azurerm_mysql_") }),
  row("5.3.2", "medium", "MySQL takes TLS 1.2 and newer only", { counts: ofType("azurerm_mysql_") }),
  row("5.3.3", "medium", "What is done on MySQL servers is recorded", joined),
  row("5.3.4", "medium", "Who connects to MySQL servers is recorded", joined),
  row("5.4.1", "high", "Cosmos DB cannot be reached from every network"),
  row("8.3", "medium", "Disks that are in use are encrypted with a key of your own", { counts: attached }),
  row("8.4", "medium", "Disks that are not in use are encrypted with a key of your own", { counts: not(attached) }),
  row("8.5", "medium", "Disks cannot be downloaded from every network"),
  row("8.11", "medium", "Machines start only what is signed"),
  row("9.1", "high", "Apps answer over TLS only"),
  row("9.2", "medium", "The platform asks who calls an app"),
  row("9.3", "medium", "Apps are not deployed over FTP without TLS"),
  row("9.4", "high", "Apps take TLS 1.2 and newer only"),
  row("9.10", "low", "Apps speak HTTP/2"),
  row("9.12", "medium", "No debugger can be attached to apps from outside"),
];
