import type { Rule } from "../../rule.ts";
import { all, any, anything, connected, equals, isTrue, not, present, some } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";
import { below } from "../../vocabulary/number.ts";

/** HCL of a bucket in which every setting is good but those given, or left out where given as undefined. */
function bucket(changed: Record<string, string | undefined>): string {
  const settings: Record<string, string | undefined> = {
    uniform_bucket_level_access: "  uniform_bucket_level_access = true",
    public_access_prevention: '  public_access_prevention    = "enforced"',
    versioning: "  versioning {\n    enabled = true\n  }",
    logging: '  logging {\n    log_bucket = "logs"\n  }',
    ...changed,
  };
  const lines = Object.values(settings).filter((line) => line !== undefined);
  return `resource "google_storage_bucket" "invoices" {
  name                        = "invoices"
  location                    = "EU"
${lines.join("\n")}
}`;
}

const good = bucket({});
const retention = (locked: boolean) =>
  bucket({
    versioning: undefined,
    retention: `  retention_policy {\n    is_locked        = ${locked}\n    retention_period = 31536000\n  }`,
  });
const cors = (origin: string) =>
  bucket({ cors: `  cors {\n    origin = ["${origin}"]\n    method = ["GET", "PUT"]\n  }` });
const softDelete = (seconds: number) =>
  bucket({ versioning: undefined, soft: `  soft_delete_policy {\n    retention_duration_seconds = ${seconds}\n  }` });

/** A sink sends log entries to the bucket. */
const takesLogs = any(
  ...["project", "folder", "organization", "billing_account"].map((level) =>
    connected(`google_logging_${level}_sink`, { from: "destination", to: ["name", "id"], inside: true }, anything),
  ),
);

const sink = `resource "google_logging_project_sink" "all" {
  name        = "all"
  destination = "storage.googleapis.com/invoices"
}`;

export const googleStorageRules: Rule[] = [
  {
    id: "google-storage-access-lists-on",
    severity: "medium",
    category: "access",
    title: "Access to the bucket is also given by lists on single objects",
    resourceTypes: ["google_storage_bucket"],
    failsWhen: not(isTrue("uniform_bucket_level_access")),
    why: "Nobody sees from the bucket's roles which of its objects are public.",
    fix: "Set uniform_bucket_level_access = true.",
    controls: ["CIS GCP 5.0 5.2"],
    examples: { bad: bucket({ uniform_bucket_level_access: undefined }), good },
  },
  {
    id: "google-storage-public-access-not-prevented",
    severity: "medium",
    category: "exposure",
    title: "Nothing prevents the bucket from being made public",
    resourceTypes: ["google_storage_bucket"],
    // Where it is not set the organization's policy decides, and without one it is allowed.
    failsWhen: not(equals("public_access_prevention", "enforced")),
    why: "It is the net below every role and list; without it one mistake publishes the bucket.",
    fix: 'Set public_access_prevention = "enforced".',
    controls: ["CIS GCP 5.0 5.1"],
    examples: { bad: bucket({ public_access_prevention: '  public_access_prevention    = "inherited"' }), good },
  },
  {
    id: "google-storage-versioning-off",
    severity: "medium",
    category: "recovery",
    title: "The bucket does not keep older versions of its objects",
    resourceTypes: ["google_storage_bucket"],
    // A retention policy keeps the objects themselves from being changed.
    failsWhen: all(not(isTrue("versioning.enabled")), not(present("retention_policy"))),
    why: "What is overwritten, by mistake or by an attacker, is lost.",
    fix: "Add versioning { enabled = true } and a lifecycle rule that deletes versions after a while.",
    controls: [],
    examples: { bad: bucket({ versioning: undefined }), good },
  },
  {
    id: "google-storage-access-not-logged",
    severity: "low",
    category: "logging",
    title: "Access to the bucket is not logged",
    resourceTypes: ["google_storage_bucket"],
    failsWhen: not(present("logging.log_bucket")),
    why: "After a leak nobody can tell who read what.",
    fix: "Add logging with a log_bucket, or switch on data access audit logs for Cloud Storage and waive this.",
    controls: [],
    examples: { bad: bucket({ logging: undefined }), good },
  },
  {
    id: "google-storage-log-bucket-not-locked",
    severity: "medium",
    category: "logging",
    title: "Logs in the bucket can be deleted",
    resourceTypes: ["google_storage_bucket"],
    failsWhen: all(not(isTrue("retention_policy.is_locked")), takesLogs),
    why: "Who wants to remove traces deletes the logs, or takes away what keeps them.",
    fix: "Add retention_policy with is_locked = true once the period is right: it cannot be taken back.",
    controls: ["CIS GCP 5.0 2.4"],
    repair: "none",
    examples: { bad: `${retention(false)}\n${sink}`, good: `${retention(true)}\n${sink}` },
  },
  {
    id: "google-storage-retention-not-locked",
    severity: "low",
    category: "recovery",
    title: "The bucket's retention can be shortened again",
    resourceTypes: ["google_storage_bucket"],
    failsWhen: all(not(isTrue("retention_policy.is_locked")), present("retention_policy"), not(takesLogs)),
    why: "Who wants to remove traces takes the policy away first.",
    fix: "Set is_locked = true once the period is right: it cannot be taken back.",
    controls: [],
    repair: "none",
    examples: { bad: retention(false), good: retention(true) },
  },
  {
    id: "google-storage-any-origin",
    severity: "low",
    category: "exposure",
    title: "Scripts of every website may use the bucket in the name of visitors",
    resourceTypes: ["google_storage_bucket"],
    failsWhen: some(
      "cors",
      all(anyMatches("origin", /^\*$/), anyMatches("method", /^(?:\*|PUT|POST|DELETE|PATCH)$/i)),
      ["origin"],
    ),
    why: "A page somebody is lured to can then write to the bucket with what that person may do.",
    fix: "Name the origins of your own pages.",
    controls: [],
    examples: { bad: cors("*"), good: cors("https://shop.example") },
  },
  {
    id: "google-storage-soft-delete-off",
    severity: "low",
    category: "recovery",
    title: "Deleted objects are gone at once",
    resourceTypes: ["google_storage_bucket"],
    failsWhen: all(below("soft_delete_policy.retention_duration_seconds", 1), not(isTrue("versioning.enabled"))),
    why: "What is deleted, by mistake or by an attacker, cannot be brought back.",
    fix: "Leave soft_delete_policy out (seven days), or set a longer time.",
    controls: [],
    examples: { bad: softDelete(0), good: softDelete(604800) },
  },
];
