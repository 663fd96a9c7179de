import type { Severity } from "@plumbline/contract/findings";
import type { Rule } from "../../rule.ts";
import { all, any, equals, holds, matches, not, some } from "../../vocabulary/condition.ts";
import { textOf } from "../../vocabulary/text.ts";

/** One database flag with what it has to be. */
export interface Flag {
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

/** The rule that a flag of Cloud SQL is what it has to be. https://cloud.google.com/sql/docs/postgres/flags */
export function flagRule(flag: Flag): Rule {
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
