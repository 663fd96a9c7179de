import type { Rule } from "../../rule.ts";
import { equals, isTrue, matches, not, some, worldOpen } from "../../vocabulary/condition.ts";

const redis = (auth: boolean, mode: string) => `resource "google_redis_instance" "shop" {
  name                    = "shop"
  auth_enabled            = ${auth}
  transit_encryption_mode = "${mode}"
}`;

const redisCluster = (auth: string, mode: string) => `resource "google_redis_cluster" "shop" {
  name                    = "shop"
  authorization_mode      = "${auth}"
  transit_encryption_mode = "${mode}"
}`;

const alloy = (tls: string, network: string) => `resource "google_alloydb_instance" "orders" {
  instance_id = "orders"
  client_connection_config {
    ssl_config {
      ssl_mode = "${tls}"
    }
  }
  network_config {
${network}
  }
}`;
const inside = "    enable_public_ip = false";

const alloyCluster = (enabled: boolean) => `resource "google_alloydb_cluster" "orders" {
  cluster_id = "orders"
  automated_backup_policy {
    enabled = ${enabled}
  }
}`;

const share = (range: string, squash: string) => `resource "google_filestore_instance" "shop" {
  name = "shop"
  file_shares {
    name = "shop"
    nfs_export_options {
      ip_ranges   = ["${range}"]
      squash_mode = "${squash}"
    }
  }
}`;

const protectedDatabase = (protection: boolean) => `resource "google_spanner_database" "orders" {
  name                = "orders"
  deletion_protection = ${protection}
}`;

const firestore = (state: string) => `resource "google_firestore_database" "shop" {
  name                    = "shop"
  delete_protection_state = "${state}"
}`;

const ruleset = (condition: string) => `resource "google_firebaserules_ruleset" "shop" {
  source {
    files {
      name    = "firestore.rules"
      content = "service cloud.firestore { match /databases/{d}/documents { match /{all=**} { allow read, write: if ${condition}; } } }"
    }
  }
}`;

/** A rule that lets everybody write: `allow write;`, `allow read, write: if true;`. */
const openWriting = /\ballow\s+[\w\s,]*\b(?:write|create|update|delete)\b[\w\s,]*(?::\s*if\s+true\s*)?;/;

export const googleDataStoreRules: Rule[] = [
  {
    id: "google-redis-no-login",
    severity: "medium",
    category: "access",
    title: "The cache asks nobody for a password",
    resourceTypes: ["google_redis_instance"],
    failsWhen: not(isTrue("auth_enabled")),
    why: "Whoever reaches it over the network reads and changes sessions and everything else in it.",
    fix: "Set auth_enabled = true.",
    controls: [],
    examples: { bad: redis(false, "SERVER_AUTHENTICATION"), good: redis(true, "SERVER_AUTHENTICATION") },
  },
  {
    id: "google-redis-plain-text",
    severity: "medium",
    category: "encryption",
    title: "The cache is talked to in plain text",
    resourceTypes: ["google_redis_instance"],
    failsWhen: not(equals("transit_encryption_mode", "SERVER_AUTHENTICATION")),
    why: "Passwords and values can be read on the way.",
    fix: 'Set transit_encryption_mode = "SERVER_AUTHENTICATION".',
    controls: [],
    examples: { bad: redis(true, "DISABLED"), good: redis(true, "SERVER_AUTHENTICATION") },
  },
  {
    id: "google-redis-cluster-no-login",
    severity: "medium",
    category: "access",
    title: "The cache asks nobody who they are",
    resourceTypes: ["google_redis_cluster"],
    failsWhen: not(equals("authorization_mode", "AUTH_MODE_IAM_AUTH")),
    why: "Whoever reaches it over the network reads and changes sessions and everything else in it.",
    fix: 'Set authorization_mode = "AUTH_MODE_IAM_AUTH".',
    controls: [],
    examples: {
      bad: redisCluster("AUTH_MODE_DISABLED", "TRANSIT_ENCRYPTION_MODE_SERVER_AUTHENTICATION"),
      good: redisCluster("AUTH_MODE_IAM_AUTH", "TRANSIT_ENCRYPTION_MODE_SERVER_AUTHENTICATION"),
    },
  },
  {
    id: "google-redis-cluster-plain-text",
    severity: "medium",
    category: "encryption",
    title: "The cache is talked to in plain text",
    resourceTypes: ["google_redis_cluster"],
    failsWhen: not(equals("transit_encryption_mode", "TRANSIT_ENCRYPTION_MODE_SERVER_AUTHENTICATION")),
    why: "Tokens and values can be read on the way.",
    fix: 'Set transit_encryption_mode = "TRANSIT_ENCRYPTION_MODE_SERVER_AUTHENTICATION".',
    controls: [],
    examples: {
      bad: redisCluster("AUTH_MODE_IAM_AUTH", "TRANSIT_ENCRYPTION_MODE_DISABLED"),
      good: redisCluster("AUTH_MODE_IAM_AUTH", "TRANSIT_ENCRYPTION_MODE_SERVER_AUTHENTICATION"),
    },
  },
  {
    id: "google-alloydb-world-open",
    severity: "critical",
    category: "exposure",
    title: "The database takes connections from the whole internet",
    resourceTypes: ["google_alloydb_instance"],
    failsWhen: some("network_config.authorized_external_networks", worldOpen("cidr_range"), ["cidr_range"]),
    why: "Anybody can try passwords and known faults against it.",
    fix: "Name only the networks that need it, or none and use the private address.",
    controls: [],
    examples: {
      bad: alloy("ENCRYPTED_ONLY", '    authorized_external_networks {\n      cidr_range = "0.0.0.0/0"\n    }'),
      good: alloy("ENCRYPTED_ONLY", '    authorized_external_networks {\n      cidr_range = "198.51.100.0/24"\n    }'),
    },
  },
  {
    id: "google-alloydb-public-address",
    severity: "high",
    category: "exposure",
    title: "The database has an address on the internet",
    resourceTypes: ["google_alloydb_instance"],
    failsWhen: isTrue("network_config.enable_public_ip"),
    why: "One network too many in the list, and anybody can attack it.",
    fix: "Leave enable_public_ip out.",
    controls: [],
    examples: { bad: alloy("ENCRYPTED_ONLY", "    enable_public_ip = true"), good: alloy("ENCRYPTED_ONLY", inside) },
  },
  {
    id: "google-alloydb-plain-text",
    severity: "high",
    category: "encryption",
    title: "The database takes unencrypted connections",
    resourceTypes: ["google_alloydb_instance"],
    // Where it is not set only encrypted ones are taken.
    failsWhen: equals("client_connection_config.ssl_config.ssl_mode", "ALLOW_UNENCRYPTED_AND_ENCRYPTED"),
    why: "Passwords and rows can be read and changed on the way.",
    fix: 'Set ssl_mode = "ENCRYPTED_ONLY".',
    controls: [],
    examples: { bad: alloy("ALLOW_UNENCRYPTED_AND_ENCRYPTED", inside), good: alloy("ENCRYPTED_ONLY", inside) },
  },
  {
    id: "google-alloydb-not-backed-up",
    severity: "medium",
    category: "recovery",
    title: "The database's automatic backup is switched off",
    resourceTypes: ["google_alloydb_cluster"],
    failsWhen: equals("automated_backup_policy.enabled", false),
    why: "After a fault or an attack there is no way back.",
    fix: "Set automated_backup_policy.enabled = true.",
    controls: [],
    examples: { bad: alloyCluster(false), good: alloyCluster(true) },
  },
  {
    id: "google-filestore-open",
    severity: "medium",
    category: "exposure",
    title: "Every machine of the network may mount the file share",
    resourceTypes: ["google_filestore_instance"],
    failsWhen: some("file_shares.nfs_export_options", worldOpen("ip_ranges"), ["access_mode"]),
    why: "A file share knows no users: whoever mounts it reads and changes everything.",
    fix: "Name in ip_ranges the networks of the machines that use it.",
    controls: [],
    examples: { bad: share("0.0.0.0/0", "ROOT_SQUASH"), good: share("10.20.0.0/24", "ROOT_SQUASH") },
  },
  {
    id: "google-filestore-root",
    severity: "low",
    category: "access",
    title: "Root of every client is root on the file share",
    resourceTypes: ["google_filestore_instance"],
    failsWhen: some("file_shares.nfs_export_options", not(equals("squash_mode", "ROOT_SQUASH")), ["access_mode"]),
    why: "Whoever is root on one machine can take over files of all others.",
    fix: 'Set squash_mode = "ROOT_SQUASH".',
    controls: [],
    examples: { bad: share("10.20.0.0/24", "NO_ROOT_SQUASH"), good: share("10.20.0.0/24", "ROOT_SQUASH") },
  },
  {
    id: "google-data-deletion-protection-off",
    severity: "low",
    category: "recovery",
    title: "The database can be deleted by a plan",
    resourceTypes: [
      "google_sql_database_instance",
      "google_spanner_database",
      "google_bigtable_instance",
      "google_bigquery_table",
    ],
    failsWhen: equals("deletion_protection", false),
    why: "A change of a name or place in code is enough, and everything in it is gone.",
    fix: "Leave deletion_protection at true.",
    controls: [],
    examples: { bad: protectedDatabase(false), good: protectedDatabase(true) },
  },
  {
    id: "google-firestore-deletion-protection-off",
    severity: "low",
    category: "recovery",
    title: "The database can be deleted by a plan",
    resourceTypes: ["google_firestore_database"],
    failsWhen: not(equals("delete_protection_state", "DELETE_PROTECTION_ENABLED")),
    why: "A change of a name or place in code is enough, and everything in it is gone.",
    fix: 'Set delete_protection_state = "DELETE_PROTECTION_ENABLED".',
    controls: [],
    examples: { bad: firestore("DELETE_PROTECTION_DISABLED"), good: firestore("DELETE_PROTECTION_ENABLED") },
  },
  {
    id: "google-firebase-rules-open",
    severity: "critical",
    category: "exposure",
    title: "The database's rules let everybody write",
    resourceTypes: ["google_firebaserules_ruleset"],
    failsWhen: some("source.files", matches("content", openWriting), ["name"]),
    why: "Anybody on the internet can change and delete what is stored, and fill it at your cost.",
    fix: "Allow writing only where request.auth says who it is and that the document is theirs.",
    controls: [],
    examples: { bad: ruleset("true"), good: ruleset("request.auth.uid == d") },
  },
];
