import type { Rule } from "../../rule.ts";
import { any, not, present, some } from "../../vocabulary/condition.ts";
import type { Condition } from "../../vocabulary/condition.ts";

interface OwnKey {
  id: string;
  /** As in "The … is encrypted only with Google's key". */
  thing: string;
  types: readonly string[];
  /** The attributes of which one names a key. */
  paths: readonly string[];
  controls?: readonly string[];
  /** HCL of the first type, without the key and with it. */
  example: (key: string) => string;
  key: string;
  /** Where the key is not a plain attribute. */
  failsWhen?: Condition;
}

/** Everything in Google Cloud is encrypted; a key of your own can be taken away, watched and rotated. */
function ownKeyRule({ id, thing, types, paths, controls = [], example, key, failsWhen }: OwnKey): Rule {
  return {
    id: `google-${id}-no-own-key`,
    severity: "low",
    category: "encryption",
    title: `The ${thing} is encrypted only with Google's key`,
    resourceTypes: types,
    failsWhen: failsWhen ?? not(any(...paths.map(present))),
    why: "Only a key of your own can be taken away, and its log shows who read what.",
    fix: `Name a google_kms_crypto_key in ${paths[0]}.`,
    controls,
    examples: { bad: example(""), good: example(key) },
  };
}

const block = (type: string, body: string) => `resource "${type}" "shop" {\n${body}\n}`;
const keyName = 'kms_key_name = "shop"';

export const googleOwnKeyRules: Rule[] = [
  ownKeyRule({
    id: "disk",
    thing: "disk",
    types: ["google_compute_disk", "google_compute_region_disk"],
    paths: ["disk_encryption_key.kms_key_self_link", "disk_encryption_key.raw_key"],
    controls: ["CIS GCP 5.0 4.7"],
    example: (key) => block("google_compute_disk", `  name = "shop"\n${key}`),
    key: '  disk_encryption_key {\n    kms_key_self_link = "shop"\n  }',
  }),
  ownKeyRule({
    id: "instance-disk",
    thing: "machine's boot disk",
    types: ["google_compute_instance"],
    paths: ["boot_disk.kms_key_self_link", "boot_disk.disk_encryption_key_raw"],
    controls: ["CIS GCP 5.0 4.7"],
    example: (key) =>
      block("google_compute_instance", `  name = "shop"\n  boot_disk {\n    auto_delete = true\n${key}\n  }`),
    key: '    kms_key_self_link = "shop"',
  }),
  ownKeyRule({
    id: "instance-template-disk",
    thing: "machines' disk",
    types: ["google_compute_instance_template", "google_compute_region_instance_template"],
    paths: ["disk.disk_encryption_key.kms_key_self_link"],
    controls: ["CIS GCP 5.0 4.7"],
    failsWhen: some("disk", not(present("disk_encryption_key.kms_key_self_link")), ["device_name"]),
    example: (key) =>
      block("google_compute_instance_template", `  disk {\n    source_image = "debian-12"\n${key}\n  }`),
    key: '    disk_encryption_key {\n      kms_key_self_link = "shop"\n    }',
  }),
  ownKeyRule({
    id: "storage-bucket",
    thing: "bucket",
    types: ["google_storage_bucket"],
    paths: ["encryption.default_kms_key_name"],
    example: (key) => block("google_storage_bucket", `  name = "shop"\n${key}`),
    key: '  encryption {\n    default_kms_key_name = "shop"\n  }',
  }),
  ownKeyRule({
    id: "bigquery-dataset",
    thing: "dataset",
    types: ["google_bigquery_dataset"],
    paths: ["default_encryption_configuration.kms_key_name"],
    controls: ["CIS GCP 5.0 7.3"],
    example: (key) => block("google_bigquery_dataset", `  dataset_id = "shop"\n${key}`),
    key: `  default_encryption_configuration {\n    ${keyName}\n  }`,
  }),
  ownKeyRule({
    id: "bigquery-table",
    thing: "table",
    types: ["google_bigquery_table"],
    paths: ["encryption_configuration.kms_key_name"],
    controls: ["CIS GCP 5.0 7.2"],
    example: (key) => block("google_bigquery_table", `  table_id = "orders"\n${key}`),
    key: `  encryption_configuration {\n    ${keyName}\n  }`,
  }),
  ownKeyRule({
    id: "dataproc",
    thing: "cluster's data",
    types: ["google_dataproc_cluster"],
    paths: ["cluster_config.encryption_config.kms_key_name"],
    controls: ["CIS GCP 5.0 8.1"],
    example: (key) =>
      block("google_dataproc_cluster", `  name = "shop"\n  cluster_config {\n    staging_bucket = "shop"\n${key}\n  }`),
    key: `    encryption_config {\n      ${keyName}\n    }`,
  }),
  ownKeyRule({
    id: "dataflow",
    thing: "job's data",
    types: ["google_dataflow_job"],
    paths: ["kms_key_name"],
    example: (key) => block("google_dataflow_job", `  name = "shop"\n${key}`),
    key: `  ${keyName}`,
  }),
  ownKeyRule({
    id: "pubsub",
    thing: "topic",
    types: ["google_pubsub_topic"],
    paths: ["kms_key_name"],
    example: (key) => block("google_pubsub_topic", `  name = "orders"\n${key}`),
    key: `  ${keyName}`,
  }),
  ownKeyRule({
    id: "sql",
    thing: "database",
    types: ["google_sql_database_instance"],
    paths: ["encryption_key_name"],
    example: (key) =>
      block(
        "google_sql_database_instance",
        `  database_version = "MYSQL_8_0"\n${key}\n  settings {\n    ip_configuration {\n      ipv4_enabled = false\n      ssl_mode     = "ENCRYPTED_ONLY"\n    }\n  }`,
      ),
    key: '  encryption_key_name = "shop"',
  }),
  ownKeyRule({
    id: "spanner",
    thing: "database",
    types: ["google_spanner_database"],
    paths: ["encryption_config.kms_key_name", "encryption_config.kms_key_names"],
    example: (key) => block("google_spanner_database", `  name = "orders"\n${key}`),
    key: `  encryption_config {\n    ${keyName}\n  }`,
  }),
  ownKeyRule({
    id: "bigtable",
    thing: "instance's data",
    types: ["google_bigtable_instance"],
    paths: ["cluster.kms_key_name"],
    failsWhen: some("cluster", not(present("kms_key_name")), ["cluster_id"]),
    example: (key) => block("google_bigtable_instance", `  cluster {\n    cluster_id = "shop"\n${key}\n  }`),
    key: `    ${keyName}`,
  }),
  ownKeyRule({
    id: "alloydb",
    thing: "cluster's data",
    types: ["google_alloydb_cluster"],
    paths: ["encryption_config.kms_key_name"],
    example: (key) => block("google_alloydb_cluster", `  cluster_id = "orders"\n${key}`),
    key: `  encryption_config {\n    ${keyName}\n  }`,
  }),
  ownKeyRule({
    id: "filestore",
    thing: "file share",
    types: ["google_filestore_instance"],
    paths: ["kms_key_name"],
    example: (key) => block("google_filestore_instance", `  name = "shop"\n${key}`),
    key: `  ${keyName}`,
  }),
  ownKeyRule({
    id: "artifact-registry",
    thing: "repository",
    types: ["google_artifact_registry_repository"],
    paths: ["kms_key_name"],
    example: (key) => block("google_artifact_registry_repository", `  repository_id = "shop"\n${key}`),
    key: `  ${keyName}`,
  }),
  ownKeyRule({
    id: "secret",
    thing: "secret",
    types: ["google_secret_manager_secret"],
    paths: [
      "replication.auto.customer_managed_encryption.kms_key_name",
      "replication.user_managed.replicas.customer_managed_encryption.kms_key_name",
    ],
    example: (key) =>
      block("google_secret_manager_secret", `  secret_id = "shop"\n  replication {\n    auto {\n${key}    }\n  }`),
    key: `      customer_managed_encryption {\n        ${keyName}\n      }\n`,
  }),
  ownKeyRule({
    id: "vertex-dataset",
    thing: "training data",
    types: ["google_vertex_ai_dataset"],
    paths: ["encryption_spec.kms_key_name"],
    example: (key) => block("google_vertex_ai_dataset", `  display_name = "orders"\n${key}`),
    key: `  encryption_spec {\n    ${keyName}\n  }`,
  }),
];
