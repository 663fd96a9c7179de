import { asText, between, name, oneOf, region, tags } from "./attribute.ts";
import type { Kind } from "./attribute.ts";

const PORTS: Readonly<Record<string, number>> = { postgres: 5432, mysql: 3306 };

export const database: Kind = {
  name: "database",
  title: "Databases",
  description: "A managed database server.",
  idPrefix: "db",
  attributes: [
    { ...name, replaces: true },
    {
      name: "engine",
      type: "string",
      description: "postgres or mysql. Changing it makes a new database.",
      presence: "required",
      replaces: true,
      check: oneOf("postgres", "mysql"),
    },
    {
      name: "engine_version",
      type: "string",
      description: "Major version of the engine.",
      presence: "optional",
      fallback: "16",
    },
    {
      name: "size_gb",
      type: "number",
      description: "Storage in gigabytes.",
      presence: "required",
      check: between(10, 65_536),
    },
    region,
    {
      name: "public",
      type: "bool",
      description: "Whether it has an address on the internet.",
      presence: "optional",
      fallback: false,
    },
    {
      name: "storage_encrypted",
      type: "bool",
      description: "Whether its storage is encrypted. Changing it makes a new database.",
      presence: "optional",
      fallback: false,
      replaces: true,
    },
    {
      name: "username",
      type: "string",
      description: "Name of the administrator.",
      presence: "optional",
      fallback: "administrator",
      replaces: true,
    },
    {
      name: "password",
      type: "string",
      description: "Password of the administrator, 12 characters or more; never given back.",
      presence: "required",
      secret: true,
      check: (value) => (asText(value).length >= 12 ? undefined : "must have 12 characters or more"),
    },
    {
      name: "firewall_id",
      type: "string",
      description: "The firewall in front of it.",
      presence: "optional",
      refersTo: "firewall",
    },
    {
      name: "subnet_ids",
      type: "string_list",
      description: "The subnets it has an address in.",
      presence: "required",
      refersTo: "subnet",
    },
    {
      name: "backup_days",
      type: "number",
      description: "For how many days backups are kept; 0 means none are made.",
      presence: "optional",
      fallback: 7,
      check: between(0, 35),
    },
    tags,
    { name: "endpoint", type: "string", description: "Its address, host:port.", presence: "assigned" },
  ],
  lists: [],
  assign: (values, id) => ({
    endpoint: `${id}.${asText(values["region"])}.db.lab.internal:${PORTS[asText(values["engine"])] ?? 0}`,
  }),
};
