import { all, any, connected, equals, holds, isTrue, not, present, some } from "../../vocabulary/condition.ts";
import type { Condition } from "../../vocabulary/condition.ts";
import { cisGcp } from "./edition.ts";
import type { Control, Existence } from "../control.ts";

const metricName = ["name"];
/** An alert names a metric of the logs as `logging.googleapis.com/user/<name>`. */
const alertOn = (filter: string): Condition =>
  connected(
    "google_monitoring_alert_policy",
    { from: filter, to: metricName, inside: true },
    not(equals("enabled", false)),
  );

/** A metric of the logs whose filter names all of this, with an alert on it. */
function watched(...patterns: readonly RegExp[]): Existence {
  return {
    resourceTypes: ["google_logging_metric"],
    where: all(
      holds("filter", "text", (text) => typeof text === "string" && patterns.every((pattern) => pattern.test(text))),
      any(
        alertOn("conditions.condition_threshold.filter"),
        alertOn("conditions.condition_absent.filter"),
        alertOn("conditions.condition_monitoring_query_language.query"),
      ),
    ),
  };
}

function watch(number: number, title: string, ...patterns: readonly RegExp[]): Control {
  return cisGcp({
    id: `2.${number}`,
    title: `Somebody is told of changes of ${title}`,
    scope: "account",
    severity: "low",
    exists: watched(...patterns),
  });
}

const logs = (type: string): Condition =>
  some("audit_log_config", all(equals("log_type", type), not(present("exempted_members"))), ["log_type"]);

/** Section 2 of CIS Google Cloud Foundations 5.0: logging. The patterns are names of methods and resources in audit entries. */
export const cisGcpLogging: readonly Control[] = [
  cisGcp({
    id: "2.1",
    title: "Every kind of access to every service is in the audit log, for everybody",
    scope: "account",
    severity: "medium",
    exists: {
      resourceTypes: [
        "google_project_iam_audit_config",
        "google_folder_iam_audit_config",
        "google_organization_iam_audit_config",
      ],
      where: all(equals("service", "allServices"), logs("ADMIN_READ"), logs("DATA_READ"), logs("DATA_WRITE")),
    },
  }),
  cisGcp({
    id: "2.3",
    title: "All log entries are sent to a place of their own",
    scope: "account",
    severity: "medium",
    exists: {
      resourceTypes: ["google_logging_project_sink", "google_logging_folder_sink", "google_logging_organization_sink"],
      where: all(not(present("filter")), not(isTrue("disabled"))),
    },
  }),
  cisGcp({
    id: "2.4",
    title: "Buckets that take logs keep them, and nobody can change that",
    scope: "joined",
    severity: "medium",
  }),
  watch(5, "who owns the project", /cloudresourcemanager\.googleapis\.com/, /roles\/owner/),
  watch(6, "the audit log's settings", /SetIamPolicy/, /auditConfigDeltas/),
  watch(7, "roles of your own", /\biam_role\b/, /CreateRole/, /DeleteRole/, /UpdateRole/),
  watch(
    8,
    "firewall rules",
    /\bgce_firewall_rule\b/,
    /firewalls\.(?:patch|update)/,
    /firewalls\.insert/,
    /firewalls\.delete/,
  ),
  watch(9, "routes", /\bgce_route\b/, /routes\.insert/, /routes\.delete/),
  watch(10, "networks", /\bgce_network\b/, /networks\.insert/, /networks\.patch/, /networks\.delete/),
  watch(11, "who may do what on buckets", /\bgcs_bucket\b/, /storage\.setIamPermissions/),
  watch(12, "databases' settings", /cloudsql\.instances\.update/),
  cisGcp({ id: "2.13", title: "DNS queries of every network are logged", scope: "joined", severity: "low" }),
  cisGcp({
    id: "2.14",
    title: "The inventory of what there is in the project is switched on",
    scope: "account",
    severity: "low",
    exists: {
      resourceTypes: ["google_project_service"],
      where: equals("service", "cloudasset.googleapis.com"),
    },
  }),
  cisGcp({ id: "2.17", title: "Requests to load balancers are logged", severity: "low" }),
];
