import type { Rule } from "../../rule.ts";
import { all, any, equals, isTrue, matches, not, oneOf, present, some, worldOpen } from "../../vocabulary/condition.ts";

const plain = "ALLOW_UNENCRYPTED_AND_ENCRYPTED";

const types = ["google_sql_database_instance"];

/** A replica takes it over from its source, which is judged itself. */
const isNoReplica = not(any(present("master_instance_name"), equals("instance_type", "READ_REPLICA_INSTANCE")));

/** An address on the internet is what the service gives where nothing is said. */
const hasPublicAddress = not(equals("settings.ip_configuration.ipv4_enabled", false));

const sslMode = "settings.ip_configuration.ssl_mode";
const requireSsl = "settings.ip_configuration.require_ssl";

const demandsTls = any(oneOf(sslMode, ["ENCRYPTED_ONLY", "TRUSTED_CLIENT_CERTIFICATE_REQUIRED"]), isTrue(requireSsl));

/** The mode weighs more than the older truth. */
const allowsPlainText = any(equals(sslMode, plain), all(equals(requireSsl, false), not(present(sslMode))));

interface Changed {
  address?: string;
  tls?: string;
  networks?: string;
  backup?: string;
  availability?: string;
  version?: string;
}

/** HCL of a database in which everything is good but what is given. */
function database(changed: Changed, more = ""): string {
  const {
    address = "false",
    tls = "ENCRYPTED_ONLY",
    networks = "",
    backup = "    enabled                        = true\n      point_in_time_recovery_enabled = true",
    availability = "REGIONAL",
    version = "POSTGRES_16",
  } = changed;
  return `resource "google_sql_database_instance" "orders" {
  name                = "orders"
  database_version    = "${version}"
${more}  settings {
    tier              = "db-custom-2-7680"
    availability_type = "${availability}"
    ip_configuration {
      ipv4_enabled    = ${address}
      private_network = "projects/shop-prod/global/networks/shop"
      ssl_mode        = "${tls}"
${networks}    }
    backup_configuration {
  ${backup}
    }
  }
}`;
}

const network = (value: string) => `      authorized_networks {
        name  = "office"
        value = "${value}"
      }
`;

const tlsText = {
  category: "encryption",
  resourceTypes: types,
  why: "Passwords and rows can be read and changed on the way.",
  fix: 'Set settings.ip_configuration.ssl_mode = "ENCRYPTED_ONLY" or "TRUSTED_CLIENT_CERTIFICATE_REQUIRED".',
  controls: ["CIS GCP 5.0 6.4"],
} as const;

export const googleSqlRules: Rule[] = [
  {
    id: "google-sql-world-open",
    severity: "critical",
    category: "exposure",
    title: "The database takes connections from the whole internet",
    resourceTypes: types,
    failsWhen: some("settings.ip_configuration.authorized_networks", worldOpen("value"), ["value"]),
    why: "Anybody can try passwords and known faults against it; scanners find such a port within minutes.",
    fix: "Name only the networks that need it, or none: reach it by a private address or the authentication proxy.",
    controls: ["CIS GCP 5.0 6.5"],
    examples: {
      bad: database({ networks: network("0.0.0.0/0") }),
      good: database({ networks: network("198.51.100.0/24") }),
    },
  },
  {
    id: "google-sql-public-address",
    severity: "high",
    category: "exposure",
    title: "The database has an address on the internet",
    resourceTypes: types,
    failsWhen: hasPublicAddress,
    why: "One network too many in the list, and anybody can attack it.",
    fix: "Set settings.ip_configuration.ipv4_enabled = false and give it a private_network.",
    controls: ["CIS GCP 5.0 6.7"],
    repair: "none",
    examples: { bad: database({ address: "true" }), good: database({ address: "false" }) },
  },
  {
    ...tlsText,
    id: "google-sql-plain-text",
    severity: "high",
    title: "The database is told to take unencrypted connections",
    failsWhen: allowsPlainText,
    examples: { bad: database({ tls: plain }), good: database({}) },
  },
  {
    ...tlsText,
    id: "google-sql-tls-not-required",
    severity: "medium",
    title: "Nothing makes clients of the database encrypt",
    failsWhen: not(any(present(sslMode), demandsTls, allowsPlainText)),
    examples: { bad: database({}).replace(/ +ssl_mode.*\n/, ""), good: database({}) },
  },
  {
    id: "google-sql-not-backed-up",
    severity: "medium",
    category: "recovery",
    title: "The database is not backed up",
    resourceTypes: types,
    failsWhen: all(not(isTrue("settings.backup_configuration.enabled")), isNoReplica),
    why: "After a fault or an attack there is no way back.",
    fix: "Add settings.backup_configuration with enabled = true.",
    controls: ["CIS GCP 5.0 6.8"],
    examples: {
      bad: database({ backup: "    enabled = false\n      point_in_time_recovery_enabled = true" }),
      good: database({}),
    },
  },
  {
    id: "google-sql-no-point-in-time",
    severity: "low",
    category: "recovery",
    title: "The database cannot be taken back to a point in time",
    resourceTypes: types,
    failsWhen: all(
      not(
        any(
          isTrue("settings.backup_configuration.point_in_time_recovery_enabled"),
          isTrue("settings.backup_configuration.binary_log_enabled"),
        ),
      ),
      isTrue("settings.backup_configuration.enabled"),
      isNoReplica,
    ),
    why: "A restore loses everything since the last nightly backup.",
    fix: "Set point_in_time_recovery_enabled (PostgreSQL, SQL Server) or binary_log_enabled (MySQL) to true.",
    controls: [],
    examples: { bad: database({ backup: "    enabled = true" }), good: database({}) },
  },
  {
    id: "google-sql-one-zone",
    severity: "low",
    category: "availability",
    title: "The database stands in one zone only",
    resourceTypes: types,
    failsWhen: all(not(equals("settings.availability_type", "REGIONAL")), isNoReplica),
    why: "When the zone fails, the database is away until somebody restores it elsewhere.",
    fix: 'Set settings.availability_type = "REGIONAL".',
    controls: [],
    repair: "none",
    examples: { bad: database({ availability: "ZONAL" }), good: database({}) },
  },
  {
    id: "google-sql-user-from-anywhere",
    severity: "low",
    category: "access",
    title: "The database's user may log in from every host",
    resourceTypes: ["google_sql_user"],
    failsWhen: matches("host", /^%$/),
    why: "A stolen password works from wherever the database can be reached.",
    fix: "Name the host or network in host, or use IAM users.",
    controls: [],
    examples: {
      bad: `resource "google_sql_user" "shop" {
  name     = "shop"
  instance = "orders"
  host     = "%"
}`,
      good: `resource "google_sql_user" "shop" {
  name     = "shop"
  instance = "orders"
  host     = "10.20.%"
}`,
    },
  },
];
