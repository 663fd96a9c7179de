import type { Rule } from "../../rule.ts";
import { addressRange, takesInAzure, takesInTheWorld } from "./firewall-range.ts";
import { resourceOf } from "./resource-example.ts";

interface Server {
  id: string;
  noun: string;
  types: readonly string[];
  /** Attributes of the range. */
  ends: readonly [string, string];
  controls: readonly string[];
  /** Whether 0.0.0.0 means all of Azure there. */
  azure: boolean;
}

const servers: readonly Server[] = [
  {
    id: "azure-mssql",
    noun: "SQL server",
    types: ["azurerm_mssql_firewall_rule", "azurerm_sql_firewall_rule"],
    ends: ["start_ip_address", "end_ip_address"],
    controls: ["CIS Azure 3.0 5.1.2"],
    azure: true,
  },
  {
    id: "azure-postgresql",
    noun: "PostgreSQL server",
    types: ["azurerm_postgresql_flexible_server_firewall_rule", "azurerm_postgresql_firewall_rule"],
    ends: ["start_ip_address", "end_ip_address"],
    controls: ["CIS Azure 3.0 5.2.5"],
    azure: true,
  },
  {
    id: "azure-mysql",
    noun: "MySQL server",
    types: [
      "azurerm_mysql_flexible_server_firewall_rule",
      "azurerm_mysql_firewall_rule",
      "azurerm_mariadb_firewall_rule",
    ],
    ends: ["start_ip_address", "end_ip_address"],
    controls: [],
    azure: true,
  },
  {
    id: "azure-redis",
    noun: "cache",
    types: ["azurerm_redis_firewall_rule"],
    ends: ["start_ip", "end_ip"],
    controls: [],
    azure: false,
  },
  {
    id: "azure-synapse",
    noun: "Synapse workspace",
    types: ["azurerm_synapse_firewall_rule"],
    ends: ["start_ip_address", "end_ip_address"],
    controls: [],
    azure: true,
  },
];

function example({ types: [type = ""], ends: [from, to] }: Server, first: string, last: string): string {
  const width = Math.max(from.length, to.length);
  return resourceOf(type, `${from.padEnd(width)} = "${first}"`, `${to.padEnd(width)} = "${last}"`);
}

function openToWorld(server: Server): Rule {
  return {
    id: `${server.id}-firewall-world-open`,
    severity: "critical",
    category: "exposure",
    title: `The ${server.noun}'s firewall lets the whole internet in`,
    resourceTypes: server.types,
    failsWhen: addressRange(server.ends, takesInTheWorld),
    why: "Anybody can try passwords and known faults against the database; scanners find such a server within minutes.",
    fix: "Delete the rule and use a private endpoint, or name the addresses that need access.",
    controls: server.controls,
    examples: {
      bad: example(server, "0.0.0.0", "255.255.255.255"),
      good: example(server, "203.0.113.7", "203.0.113.7"),
    },
  };
}

function openToAzure(server: Server): Rule {
  return {
    id: `${server.id}-firewall-azure-open`,
    severity: "high",
    category: "exposure",
    title: `The ${server.noun}'s firewall lets everything inside Azure in`,
    resourceTypes: server.types,
    failsWhen: addressRange(server.ends, takesInAzure),
    why: "0.0.0.0 stands for every machine in Azure, those of other customers too; a trial account is enough to reach the server.",
    fix: "Delete the rule and use a private endpoint or a rule for your own network.",
    controls: server.controls,
    examples: { bad: example(server, "0.0.0.0", "0.0.0.0"), good: example(server, "203.0.113.7", "203.0.113.7") },
  };
}

export const azureDatabaseFirewallRules: Rule[] = servers.flatMap((server) =>
  server.azure ? [openToWorld(server), openToAzure(server)] : [openToWorld(server)],
);
