import type { Severity } from "@plumbline/contract/findings";
import type { Rule } from "../../rule.ts";
import { all, any, equals, holds, matches, not, some } from "../../vocabulary/condition.ts";
import { textOf } from "../../vocabulary/text.ts";

/** One database flag with what it has to be. */
interface Flag {
  id: string;
  engine: "MYSQL" | "POSTGRES" | "SQLSERVER";
  name: string;
  title: string;
  why: string;
  severity: Severity;
  control: string;
  /** Values, in small letters, that are wrong. */
  wrong: RegExp;
  /** What the engine takes where the flag is not set is wrong too. */
  wrongWhenAbsent?: true;
  bad: string;
  good: string;
}

const list = "settings.database_flags";

function flagRule(flag: Flag): Rule {
  const isWrong = some(
    list,
    all(
      holds("value", "text", (value) => flag.wrong.test(textOf(value).toLowerCase())),
      equals("name", flag.name),
    ),
    ["name"],
  );
  const wrong = flag.wrongWhenAbsent ? any(isWrong, not(some(list, equals("name", flag.name)))) : isWrong;
  return {
    id: `google-sql-${flag.id}`,
    severity: flag.severity,
    category: flag.engine === "POSTGRES" ? "logging" : "exposure",
    title: flag.title,
    resourceTypes: ["google_sql_database_instance"],
    failsWhen: all(wrong, matches("database_version", new RegExp(`^${flag.engine}_`))),
    why: flag.why,
    fix: `Set the database flag "${flag.name}" to ${flag.good === "" ? "nothing: take it out" : flag.good}.`,
    controls: [`CIS GCP 5.0 ${flag.control}`],
    examples: { bad: example(flag, flag.bad), good: example(flag, flag.good) },
  };
}

const versions = { MYSQL: "MYSQL_8_0", POSTGRES: "POSTGRES_16", SQLSERVER: "SQLSERVER_2022_STANDARD" };

function example({ engine, name }: Flag, value: string): string {
  const flag = `
    database_flags {
      name  = "${name}"
      value = "${value}"
    }`;
  return `resource "google_sql_database_instance" "orders" {
  name             = "orders"
  database_version = "${versions[engine]}"
  settings {
    tier = "db-custom-2-7680"
    ip_configuration {
      ipv4_enabled    = false
      private_network = "projects/shop-prod/global/networks/shop"
      ssl_mode        = "ENCRYPTED_ONLY"
    }${value === "" ? "" : flag}
  }
}`;
}

const onOrOne = /^(?:on|1|true|yes)$/;
const notOn = /^(?!(?:on|1|true|yes)$)/;
const notOff = /^(?!(?:off|0|false|no)$)/;

const mysql: Flag[] = [
  {
    id: "mysql-databases-shown",
    engine: "MYSQL",
    name: "skip_show_database",
    title: "Every user of the database sees the names of all others",
    why: "Names of databases tell an attacker where to go on.",
    severity: "low",
    control: "6.1.2",
    wrong: notOn,
    wrongWhenAbsent: true,
    bad: "off",
    good: "on",
  },
  {
    id: "mysql-local-files",
    engine: "MYSQL",
    name: "local_infile",
    title: "Statements may load files of the client into the database",
    why: "A forged statement or server then reads files of the machine that connects.",
    severity: "medium",
    control: "6.1.3",
    wrong: notOff,
    wrongWhenAbsent: true,
    bad: "on",
    good: "off",
  },
];

const postgres: Flag[] = (
  [
    {
      id: "postgres-errors-terse",
      name: "log_error_verbosity",
      title: "Errors are logged without detail",
      why: "What is needed to understand a fault or an attack is missing.",
      control: "6.2.1",
      wrong: /^terse$/,
      bad: "terse",
      good: "default",
    },
    {
      id: "postgres-connections-not-logged",
      name: "log_connections",
      title: "Attempts to connect are not logged",
      why: "Guessing of passwords goes unnoticed.",
      control: "6.2.2",
      wrong: notOn,
      wrongWhenAbsent: true,
      bad: "off",
      good: "on",
    },
    {
      id: "postgres-disconnections-not-logged",
      name: "log_disconnections",
      title: "The ends of sessions are not logged",
      why: "Nobody can tell how long somebody was in.",
      control: "6.2.3",
      wrong: notOn,
      wrongWhenAbsent: true,
      bad: "off",
      good: "on",
    },
    {
      id: "postgres-statements-not-logged",
      name: "log_statement",
      title: "Changes to the database's structure are not logged",
      why: "Nobody can tell who dropped or altered what.",
      control: "6.2.4",
      wrong: /^(?!(?:ddl|mod|all)$)/,
      wrongWhenAbsent: true,
      bad: "none",
      good: "ddl",
    },
    {
      id: "postgres-warnings-not-logged",
      name: "log_min_messages",
      title: "Warnings of the database are not logged",
      why: "The first signs of a fault or an attack are missing.",
      control: "6.2.5",
      wrong: /^(?:error|log|fatal|panic)$/,
      bad: "panic",
      good: "warning",
    },
    {
      id: "postgres-failed-statements-not-logged",
      name: "log_min_error_statement",
      title: "Statements that fail are not logged",
      why: "Attempts to inject statements show first as errors.",
      control: "6.2.6",
      wrong: /^(?:log|fatal|panic)$/,
      bad: "panic",
      good: "error",
    },
    {
      id: "postgres-slow-statements-logged",
      name: "log_min_duration_statement",
      title: "Slow statements are logged with their values",
      why: "Personal data ends up in logs that more people read than the database.",
      control: "6.2.7",
      wrong: /^(?!-1$)/,
      bad: "250",
      good: "-1",
    },
    {
      id: "postgres-audit-off",
      name: "cloudsql.enable_pgaudit",
      title: "The database's audit log is switched off",
      why: "Nobody can tell later who read or changed what.",
      control: "6.2.8",
      wrong: notOn,
      wrongWhenAbsent: true,
      bad: "off",
      good: "on",
    },
  ] satisfies Omit<Flag, "engine" | "severity">[]
).map((flag): Flag => ({ ...flag, engine: "POSTGRES", severity: "low" }));

const sqlServer: Flag[] = (
  [
    {
      id: "sqlserver-external-scripts",
      name: "external scripts enabled",
      title: "The database runs scripts of other languages",
      why: "Who may send statements can then run programs on the server.",
      control: "6.3.1",
      wrong: onOrOne,
      bad: "on",
      good: "off",
    },
    {
      id: "sqlserver-ownership-chaining",
      name: "cross db ownership chaining",
      title: "Rights in one database reach into others",
      why: "The owner of one database gets at the objects of another one unasked.",
      control: "6.3.2",
      wrong: onOrOne,
      bad: "on",
      good: "off",
    },
    {
      id: "sqlserver-connections-limited",
      name: "user connections",
      title: "The number of connections is limited by hand",
      why: "When it is used up the application is locked out, and so are those who could help.",
      control: "6.3.3",
      wrong: /^(?!0$)/,
      bad: "10",
      good: "0",
    },
    {
      id: "sqlserver-user-options",
      name: "user options",
      title: "Options are set for all users of the database",
      why: "They change what statements mean for applications that know nothing of them.",
      control: "6.3.4",
      wrong: /^(?!0?$)/,
      bad: "512",
      good: "",
    },
    {
      id: "sqlserver-remote-access",
      name: "remote access",
      title: "Other servers may run procedures on this one",
      why: "A server that was broken into can go on to this one.",
      control: "6.3.5",
      wrong: notOff,
      wrongWhenAbsent: true,
      bad: "on",
      good: "off",
    },
    {
      id: "sqlserver-errors-shown",
      name: "3625",
      title: "Errors tell every user about what they may not see",
      why: "Messages give away names and values that help an attacker.",
      control: "6.3.6",
      wrong: notOn,
      wrongWhenAbsent: true,
      bad: "off",
      good: "on",
    },
    {
      id: "sqlserver-contained-users",
      name: "contained database authentication",
      title: "Databases bring users of their own with them",
      why: "Such users get past the server's logins and its password policy.",
      control: "6.3.7",
      wrong: onOrOne,
      bad: "on",
      good: "off",
    },
  ] satisfies Omit<Flag, "engine" | "severity">[]
).map((flag): Flag => ({ ...flag, engine: "SQLSERVER", severity: "medium" }));

/** What the flags of Cloud SQL have to be. https://cloud.google.com/sql/docs/postgres/flags */
export const googleSqlFlagRules: Rule[] = [...mysql, ...postgres, ...sqlServer].map(flagRule);
