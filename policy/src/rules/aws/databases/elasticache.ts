import type { Rule } from "../../../rule.ts";
import { all, any, equals, isTrue, matches, not, oneOf, present } from "../../../vocabulary/condition.ts";
import { below } from "../../../vocabulary/number.ts";
import { examplesOf } from "../example.ts";

const redis = (more: string) => `replication_group_id = "sessions"
engine = "redis"
at_rest_encryption_enabled = true
transit_encryption_enabled = true
snapshot_retention_limit = 7
${more}`;

const group = (atRest: boolean, transit: boolean) => `resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  engine                     = "redis"
  at_rest_encryption_enabled = ${atRest}
  transit_encryption_enabled = ${transit}
  snapshot_retention_limit   = 7
}`;

/** Valkey is encrypted unless the code says no; a group that joins a global one takes it over. */
const takenOver = any(
  all(equals("engine", "valkey"), not(present("at_rest_encryption_enabled"))),
  present("global_replication_group_id"),
);

export const awsElasticacheRules: Rule[] = [
  {
    id: "aws-elasticache-no-password",
    severity: "medium",
    category: "access",
    title: "The cache asks nobody for a password",
    resourceTypes: ["aws_elasticache_replication_group"],
    failsWhen: all(
      not(present("auth_token")),
      not(present("user_group_ids")),
      not(present("global_replication_group_id")),
    ),
    why: "Whoever reaches the network reads and changes sessions.",
    fix: "Set auth_token, or user_group_ids with users of their own; both need transit_encryption_enabled = true.",
    controls: [],
    examples: examplesOf("aws_elasticache_replication_group", redis(""), redis('user_group_ids = ["shop"]')),
  },
  {
    id: "aws-elasticache-tls-preferred",
    severity: "low",
    category: "encryption",
    title: "The cache still takes connections without TLS",
    resourceTypes: ["aws_elasticache_replication_group"],
    failsWhen: all(equals("transit_encryption_mode", "preferred"), isTrue("transit_encryption_enabled")),
    why: "The mode is for the days in which clients change over; whoever stays in clear can be listened to.",
    fix: 'Set transit_encryption_mode = "required" when all clients use TLS.',
    controls: [],
    examples: examplesOf(
      "aws_elasticache_replication_group",
      redis('transit_encryption_mode = "preferred"'),
      redis('transit_encryption_mode = "required"'),
    ),
  },
  {
    id: "aws-elasticache-single-redis",
    severity: "medium",
    category: "encryption",
    title: "The cache is of a kind that cannot be encrypted",
    resourceTypes: ["aws_elasticache_cluster"],
    // A member of a replication group follows the group.
    failsWhen: all(oneOf("engine", ["redis", "valkey"]), not(present("replication_group_id"))),
    why: "A cluster outside a replication group has neither encryption nor passwords.",
    fix: "Use aws_elasticache_replication_group, also for a single node.",
    controls: [],
    examples: examplesOf(
      "aws_elasticache_cluster",
      'cluster_id = "sessions"\nengine = "redis"\nnode_type = "cache.t4g.small"',
      'cluster_id = "sessions"\nreplication_group_id = "sessions"',
    ),
  },
  {
    id: "aws-elasticache-user-without-password",
    severity: "medium",
    category: "access",
    title: "The cache's user needs no password",
    resourceTypes: ["aws_elasticache_user"],
    failsWhen: any(
      all(isTrue("no_password_required"), not(matches("access_string", /^off\b/))),
      equals("authentication_mode.type", "no-password-required"),
    ),
    why: "Whoever reaches the network can be this user.",
    fix: 'Give it passwords or authentication_mode { type = "iam" }, and switch the user default off ("off -@all").',
    controls: [],
    examples: examplesOf(
      "aws_elasticache_user",
      'user_id = "shop"\nuser_name = "shop"\nengine = "REDIS"\naccess_string = "on ~* +@all"\nno_password_required = true',
      'user_id = "shop"\nuser_name = "shop"\nengine = "REDIS"\naccess_string = "on ~app:* +@read"\nauthentication_mode {\n  type = "iam"\n}',
    ),
  },
  {
    id: "aws-elasticache-minor-upgrade-off",
    severity: "low",
    category: "maintenance",
    title: "Minor versions of the cache are not taken automatically",
    resourceTypes: ["aws_elasticache_replication_group", "aws_elasticache_cluster", "aws_memorydb_cluster"],
    failsWhen: equals("auto_minor_version_upgrade", false),
    why: "Minor versions bring the security fixes; without them known faults stay until somebody thinks of it.",
    fix: "Leave auto_minor_version_upgrade at true and choose a maintenance window.",
    controls: [],
    examples: examplesOf(
      "aws_elasticache_replication_group",
      redis("auto_minor_version_upgrade = false"),
      redis("auto_minor_version_upgrade = true"),
    ),
  },
  {
    id: "aws-elasticache-not-encrypted",
    severity: "high",
    category: "encryption",
    title: "The cache's data is not encrypted",
    resourceTypes: ["aws_elasticache_replication_group"],
    failsWhen: all(not(isTrue("at_rest_encryption_enabled")), not(takenOver)),
    why: "Sessions and copies of personal data lie in clear on disks and in backups; it cannot be switched on later.",
    fix: "Set at_rest_encryption_enabled = true.",
    controls: [],
    examples: { bad: group(false, true), good: group(true, true) },
  },
  {
    id: "aws-elasticache-plain-text",
    severity: "medium",
    category: "encryption",
    title: "The cache takes connections without TLS",
    resourceTypes: ["aws_elasticache_replication_group"],
    failsWhen: all(not(isTrue("transit_encryption_enabled")), not(present("global_replication_group_id"))),
    why: "Whoever can listen on the network reads sessions and passwords.",
    fix: "Set transit_encryption_enabled = true.",
    controls: [],
    examples: { bad: group(true, false), good: group(true, true) },
  },
  {
    id: "aws-elasticache-no-backup",
    severity: "low",
    category: "recovery",
    title: "The cache is not backed up",
    resourceTypes: ["aws_elasticache_replication_group"],
    failsWhen: below("snapshot_retention_limit", 1, 0),
    why: "What is kept only there is gone with the machines.",
    fix: "Set snapshot_retention_limit, unless everything in it can be made anew.",
    controls: [],
    examples: {
      bad: group(true, true).replace("= 7", "= 0"),
      good: group(true, true),
    },
  },
];
