import type { Rule } from "../../rule.ts";
import { all, any, connected, equals, holds, isTrue, lacks, not, oneOf, present } from "../../vocabulary/condition.ts";
import type { Condition } from "../../vocabulary/condition.ts";
import { oldTlsRule, ownKeyRule, publicNetworkRule } from "./families.ts";
import { resourceOf } from "./resource-example.ts";

const server = "azurerm_mssql_server";
const older = "azurerm_sql_server";
const audit = "azurerm_mssql_server_extended_auditing_policy";
const ofServer = { from: "server_id", to: ["id"] };

const encryptionKey: Condition = connected(
  "azurerm_mssql_server_transparent_data_encryption",
  ofServer,
  any(present("key_vault_key_id"), present("managed_hsm_key_id")),
);

export const azureMssqlRules: Rule[] = [
  publicNetworkRule({
    id: "azure-mssql-public-network",
    noun: "SQL server",
    types: [server],
    closed: equals("public_network_access_enabled", false),
    set: "public_network_access_enabled = false",
    controls: ["CIS Azure 3.0 5.1.7"],
  }),
  oldTlsRule({
    id: "azure-mssql-old-tls",
    noun: "SQL server",
    types: [server],
    attribute: "minimum_tls_version",
    old: "1.0",
    new: "1.2",
  }),
  {
    id: "azure-mssql-audit-off",
    severity: "medium",
    category: "logging",
    title: "Nobody records what is done on the SQL server",
    resourceTypes: [server, older],
    failsWhen: all(lacks(audit, ofServer), not(present("extended_auditing_policy"))),
    why: "After a theft nobody can tell what was read, and by whom.",
    fix: `Add an ${audit} for the server.`,
    controls: ["CIS Azure 3.0 5.1.1"],
    examples: {
      bad: resourceOf(server, 'version = "12.0"'),
      good: `${resourceOf(server, 'version = "12.0"')}\n${resourceOf(audit, "server_id = azurerm_mssql_server.orders.id")}`,
    },
  },
  {
    id: "azure-mssql-audit-short",
    severity: "low",
    category: "logging",
    title: "The SQL server's audit log is kept for less than 90 days",
    resourceTypes: [audit, "azurerm_mssql_database_extended_auditing_policy"],
    // Zero keeps it for ever.
    failsWhen: any(
      holds("retention_in_days", "number", (days) => days !== null && Number(days) > 0 && Number(days) < 90),
      equals("enabled", false),
    ),
    why: "Thefts are noticed after months; by then the log is gone.",
    fix: "Set retention_in_days to 0 (for ever) or at least 90, and remove enabled = false.",
    controls: ["CIS Azure 3.0 5.1.6"],
    examples: {
      bad: resourceOf(audit, "retention_in_days = 6"),
      good: resourceOf(audit, "retention_in_days = 120"),
    },
  },
  {
    id: "azure-mssql-no-directory-administrator",
    severity: "medium",
    category: "identity",
    title: "The SQL server knows only passwords",
    resourceTypes: [server, older],
    failsWhen: all(
      not(present("azuread_administrator")),
      lacks("azurerm_sql_active_directory_administrator", { from: "server_name", to: ["name"] }),
    ),
    why: "Accounts of the database know no second factor, and stay when somebody leaves.",
    fix: "Add an azuread_administrator block, with azuread_authentication_only = true where you can.",
    controls: ["CIS Azure 3.0 5.1.4"],
    examples: {
      bad: resourceOf(server, 'version = "12.0"'),
      good: resourceOf(
        server,
        'version = "12.0"',
        'azuread_administrator {\n  login_username = "database-administrators"\n  object_id      = "00000000-0000-0000-0000-000000000001"\n}',
      ),
    },
  },
  {
    id: "azure-mssql-database-not-encrypted",
    severity: "high",
    category: "encryption",
    title: "The database's files are not encrypted",
    resourceTypes: ["azurerm_mssql_database"],
    failsWhen: equals("transparent_data_encryption_enabled", false),
    why: "Files and backups hold everything in clear.",
    fix: "Remove transparent_data_encryption_enabled = false.",
    controls: ["CIS Azure 3.0 5.1.5"],
    examples: {
      bad: resourceOf("azurerm_mssql_database", "transparent_data_encryption_enabled = false"),
      good: resourceOf("azurerm_mssql_database", "transparent_data_encryption_enabled = true"),
    },
  },
  ownKeyRule({
    id: "azure-mssql-no-own-key",
    noun: "SQL server",
    types: [server],
    own: any(present("transparent_data_encryption_key_vault_key_id"), encryptionKey),
    attribute: "transparent_data_encryption_key_vault_key_id",
    set: 'transparent_data_encryption_key_vault_key_id = "https://orders.vault.azure.net/keys/orders"',
    controls: ["CIS Azure 3.0 5.1.3"],
  }),
  {
    id: "azure-mssql-threat-detection-off",
    severity: "medium",
    category: "logging",
    title: "Alerts about attacks on the database are switched off",
    resourceTypes: [
      "azurerm_mssql_server_security_alert_policy",
      "azurerm_mssql_database",
      older,
      "azurerm_sql_database",
    ],
    failsWhen: any(
      oneOf("state", ["Disabled"]),
      present("disabled_alerts"),
      oneOf("threat_detection_policy.state", ["Disabled"]),
    ),
    why: "Injections and strange logins are not noticed.",
    fix: 'Set state = "Enabled" and leave out disabled_alerts.',
    controls: [],
    examples: {
      bad: resourceOf("azurerm_mssql_server_security_alert_policy", 'state = "Disabled"'),
      good: resourceOf("azurerm_mssql_server_security_alert_policy", 'state = "Enabled"'),
    },
  },
  {
    id: "azure-mssql-instance-public",
    severity: "high",
    category: "exposure",
    title: "The managed SQL instance has a public endpoint",
    resourceTypes: ["azurerm_mssql_managed_instance"],
    failsWhen: isTrue("public_data_endpoint_enabled"),
    why: "One wrong rule of a security group later anybody can attack it.",
    fix: "Remove public_data_endpoint_enabled and reach it from inside the network.",
    controls: [],
    examples: {
      bad: resourceOf("azurerm_mssql_managed_instance", "public_data_endpoint_enabled = true"),
      good: resourceOf("azurerm_mssql_managed_instance", "public_data_endpoint_enabled = false"),
    },
  },
  oldTlsRule({
    id: "azure-mssql-instance-old-tls",
    noun: "managed SQL instance",
    types: ["azurerm_mssql_managed_instance"],
    attribute: "minimum_tls_version",
    old: "1.1",
    new: "1.2",
  }),
];
