import type { Rule } from "../../rule.ts";
import {
  all,
  any,
  connected,
  equals,
  holds,
  isTrue,
  matches,
  not,
  oneOf,
  present,
} from "../../vocabulary/condition.ts";
import type { Condition, Connection } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";
import { publicNetworkRule } from "./families.ts";
import { resourceOf } from "./resource-example.ts";
import { oldTlsVersion } from "./tls-version.ts";

/** The older servers, of which each engine has a type. */
const single = ["azurerm_postgresql_server", "azurerm_mysql_server", "azurerm_mariadb_server"];
const postgresql = "azurerm_postgresql_flexible_server";
const mysql = "azurerm_mysql_flexible_server";
const postgresqlSettings = [`${postgresql}_configuration`, "azurerm_postgresql_configuration"];
const settings = [...postgresqlSettings, `${mysql}_configuration`, "azurerm_mysql_configuration"];

const insideNetwork: Condition = any(present("delegated_subnet_id"), equals("public_network_access_enabled", false));

/** The parameter is set to this, in whatever case. */
function setTo(name: string, value: RegExp): Condition {
  return all(matches("value", value), oneOf("name", [name]));
}

function setting(type: string, name: string, value: string): string {
  return resourceOf(type, `name  = "${name}"`, `value = "${value}"`);
}

/** A parameter that the server has to be given, because its default is another. */
function needsSetting(
  rule: Pick<Rule, "id" | "title" | "why" | "controls">,
  server: string,
  by: Connection,
  name: string,
  value: RegExp,
  good: string,
): Rule {
  const type = `${server}_configuration`;
  const bad = resourceOf(server, 'delegated_subnet_id = "orders"');
  return {
    ...rule,
    severity: "low",
    category: "logging",
    resourceTypes: [server],
    failsWhen: not(connected(type, by, setTo(name, value))),
    fix: `Add an ${type} that sets ${name} to ${good}.`,
    examples: {
      bad,
      good: `${bad}\n${resourceOf(type, `${by.from} = ${server}.orders.${by.to[0] ?? ""}`, `name = "${name}"`, `value = "${good}"`)}`,
    },
  };
}

const byId = { from: "server_id", to: ["id"] };
const byName = { from: "server_name", to: ["name"] };

export const azurePostgresqlAndMysqlRules: Rule[] = [
  {
    id: "azure-database-plain-text",
    severity: "high",
    category: "encryption",
    title: "The database server takes connections without TLS",
    resourceTypes: [...single, ...settings],
    failsWhen: any(
      equals("ssl_enforcement_enabled", false),
      oneOf("ssl_enforcement", ["Disabled"]),
      setTo("require_secure_transport", /^off$|^0$/i),
    ),
    why: "Passwords and data can be read by anybody on the way.",
    fix: "Set ssl_enforcement_enabled = true, or require_secure_transport to ON on flexible servers.",
    controls: ["CIS Azure 3.0 5.2.1", "CIS Azure 3.0 5.3.1"],
    examples: {
      bad: resourceOf("azurerm_postgresql_server", "ssl_enforcement_enabled = false"),
      good: resourceOf("azurerm_postgresql_server", "ssl_enforcement_enabled = true"),
    },
  },
  {
    id: "azure-database-old-tls",
    severity: "high",
    category: "encryption",
    title: "The database server takes TLS older than 1.2",
    resourceTypes: [...single, ...settings],
    failsWhen: any(
      oldTlsVersion("ssl_minimal_tls_version_enforced"),
      all(
        holds("value", "text", (value) =>
          (typeof value === "string" ? value : "").split(",").some((one) => /^tlsv1(?:\.[01])?$/i.test(one.trim())),
        ),
        oneOf("name", ["tls_version", "ssl_min_protocol_version"]),
      ),
    ),
    why: "Old protocols have known breaks; who sits on the way can read or change what is sent.",
    fix: 'Set ssl_minimal_tls_version_enforced = "TLS1_2", or tls_version to TLSv1.2,TLSv1.3 on flexible servers.',
    controls: ["CIS Azure 3.0 5.3.2"],
    examples: {
      bad: setting(`${mysql}_configuration`, "tls_version", "TLSv1.1,TLSv1.2"),
      good: setting(`${mysql}_configuration`, "tls_version", "TLSv1.2,TLSv1.3"),
    },
  },
  publicNetworkRule({
    id: "azure-database-single-public-network",
    noun: "database server",
    types: single,
    closed: equals("public_network_access_enabled", false),
    set: "public_network_access_enabled = false",
  }),
  publicNetworkRule({
    id: "azure-postgresql-public-network",
    noun: "PostgreSQL server",
    types: [postgresql],
    closed: insideNetwork,
    set: "public_network_access_enabled = false",
  }),
  publicNetworkRule({
    id: "azure-mysql-public-network",
    noun: "MySQL server",
    types: [mysql],
    closed: any(insideNetwork, anyMatches("public_network_access", /^disabled$/i)),
    set: 'public_network_access = "Disabled"',
  }),
  {
    id: "azure-database-threat-detection-off",
    severity: "medium",
    category: "logging",
    title: "Alerts about attacks on the database server are switched off",
    resourceTypes: single.slice(0, 2),
    failsWhen: all(equals("threat_detection_policy.enabled", false), present("threat_detection_policy")),
    why: "Injections and strange logins are not noticed.",
    fix: "Set enabled = true in threat_detection_policy.",
    controls: [],
    examples: {
      bad: resourceOf("azurerm_postgresql_server", "threat_detection_policy {\n  enabled = false\n}"),
      good: resourceOf("azurerm_postgresql_server", "threat_detection_policy {\n  enabled = true\n}"),
    },
  },
  {
    id: "azure-database-no-copy-elsewhere",
    severity: "low",
    category: "backup",
    title: "The database's backups lie in one region only",
    resourceTypes: [...single, postgresql, mysql],
    failsWhen: not(isTrue("geo_redundant_backup_enabled")),
    why: "When the region is lost, so are the backups.",
    fix: "Set geo_redundant_backup_enabled = true; it cannot be switched on later.",
    controls: [],
    repair: "none",
    examples: {
      bad: resourceOf(postgresql, 'delegated_subnet_id = "orders"'),
      good: resourceOf(postgresql, 'delegated_subnet_id = "orders"', "geo_redundant_backup_enabled = true"),
    },
  },
  {
    id: "azure-postgresql-logging-off",
    severity: "low",
    category: "logging",
    title: "The PostgreSQL server is told to log less",
    resourceTypes: postgresqlSettings,
    failsWhen: all(
      matches("value", /^off$/i),
      oneOf("name", ["log_checkpoints", "log_connections", "log_disconnections"]),
    ),
    why: "Who connected, and why the server was slow, cannot be told afterwards.",
    fix: "Set the parameter to ON.",
    controls: ["CIS Azure 3.0 5.2.2"],
    examples: {
      bad: setting(`${postgresql}_configuration`, "log_checkpoints", "off"),
      good: setting(`${postgresql}_configuration`, "log_checkpoints", "on"),
    },
  },
  needsSetting(
    {
      id: "azure-postgresql-not-throttled",
      title: "The PostgreSQL server does not slow down who guesses passwords",
      why: "Somebody who tries passwords from one address is never held up.",
      controls: ["CIS Azure 3.0 5.2.3"],
    },
    postgresql,
    byId,
    "connection_throttle.enable",
    /^on$/i,
    "on",
  ),
  needsSetting(
    {
      id: "azure-postgresql-logs-short",
      title: "The PostgreSQL server keeps its logs for three days only",
      why: "What happened before a weekend is gone after it.",
      controls: ["CIS Azure 3.0 5.2.4"],
    },
    postgresql,
    byId,
    "logfiles.retention_days",
    /^[4-9]$|^\d\d+$/,
    "7",
  ),
  needsSetting(
    {
      id: "azure-mysql-audit-off",
      title: "Nobody records what is done on the MySQL server",
      why: "After a theft nobody can tell what was read, and by whom.",
      controls: ["CIS Azure 3.0 5.3.3"],
    },
    mysql,
    byName,
    "audit_log_enabled",
    /^on$/i,
    "ON",
  ),
  needsSetting(
    {
      id: "azure-mysql-audit-no-connections",
      title: "The MySQL server does not record who connects",
      why: "Logins that failed or came from strange places leave no trace.",
      controls: ["CIS Azure 3.0 5.3.4"],
    },
    mysql,
    byName,
    "audit_log_events",
    /connection/i,
    "CONNECTION",
  ),
];
