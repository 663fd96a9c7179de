import type { Severity } from "@plumbline/contract/findings";
import type { Rule } from "../../rule.ts";
import { grants, iamTypes, isEverybody } from "./iam-grants.ts";

interface PublicGrant {
  id: string;
  title: string;
  severity: Severity;
  families: readonly string[];
  why: string;
  controls?: readonly string[];
  /** The role of the example, given on the first family. */
  role: string;
  /** The attribute of the example that names what the role is on. */
  on: string;
}

/** One rule for everything that is given to everybody on one kind of thing. */
function publicGrantRule(of: PublicGrant): Rule {
  const example = (member: string) => `resource "google_${of.families[0]}_iam_member" "shop" {
  ${of.on.padEnd(6)} = "shop"
  role   = "${of.role}"
  member = "${member}"
}`;
  return {
    id: of.id,
    severity: of.severity,
    category: "exposure",
    title: of.title,
    resourceTypes: iamTypes(...of.families),
    failsWhen: grants(isEverybody),
    why: of.why,
    fix: "Name the groups and service accounts that need it instead of allUsers or allAuthenticatedUsers.",
    controls: of.controls ?? [],
    examples: { bad: example("allUsers"), good: example("group:shop@shop.example") },
  };
}

export const googlePublicGrantRules: Rule[] = [
  publicGrantRule({
    id: "google-storage-bucket-public",
    title: "Everybody has a role on the bucket",
    severity: "critical",
    families: ["storage_bucket", "storage_managed_folder"],
    why: "What lies in a public bucket is published, also what somebody puts there by mistake later.",
    controls: ["CIS GCP 5.0 5.1"],
    role: "roles/storage.objectViewer",
    on: "bucket",
  }),
  publicGrantRule({
    id: "google-project-public",
    title: "Everybody has a role on the project, folder or organization",
    severity: "critical",
    families: ["project", "folder", "organization", "billing_account"],
    why: "The role holds for everything below, now and later.",
    role: "roles/browser",
    on: "project",
  }),
  publicGrantRule({
    id: "google-kms-key-public",
    title: "Everybody has a role on the key",
    severity: "critical",
    families: ["kms_crypto_key", "kms_key_ring"],
    why: "Whoever gets hold of encrypted data can then decrypt it.",
    controls: ["CIS GCP 5.0 1.10"],
    role: "roles/cloudkms.cryptoKeyDecrypter",
    on: "crypto_key_id",
  }),
  publicGrantRule({
    id: "google-bigquery-public",
    title: "Everybody has a role on the dataset or table",
    severity: "critical",
    families: ["bigquery_dataset", "bigquery_table", "bigquery_connection"],
    why: "Anybody can query the data.",
    controls: ["CIS GCP 5.0 7.1"],
    role: "roles/bigquery.dataViewer",
    on: "dataset_id",
  }),
  publicGrantRule({
    id: "google-secret-public",
    title: "Everybody has a role on the secret",
    severity: "critical",
    families: ["secret_manager_secret", "secret_manager_regional_secret"],
    why: "Anybody can read the secret.",
    role: "roles/secretmanager.secretAccessor",
    on: "secret_id",
  }),
  publicGrantRule({
    id: "google-service-account-public",
    title: "Everybody has a role on the service account",
    severity: "critical",
    families: ["service_account"],
    why: "Anybody can act as the account, or attach it to something of theirs.",
    role: "roles/iam.serviceAccountTokenCreator",
    on: "service_account_id",
  }),
  publicGrantRule({
    id: "google-database-public-grant",
    title: "Everybody has a role on the database or data service",
    severity: "critical",
    families: [
      "spanner_instance",
      "spanner_database",
      "bigtable_instance",
      "bigtable_table",
      "healthcare_dataset",
      "healthcare_dicom_store",
      "healthcare_fhir_store",
      "healthcare_hl7_v2_store",
      "dataproc_cluster",
      "dataproc_metastore_service",
      "data_fusion_instance",
      "dataplex_lake",
    ],
    why: "Anybody can read, and by most roles change, the data.",
    role: "roles/spanner.databaseReader",
    on: "instance",
  }),
  publicGrantRule({
    id: "google-compute-public-grant",
    title: "Everybody has a role on the machine, disk or image",
    severity: "critical",
    families: [
      "compute_instance",
      "compute_disk",
      "compute_region_disk",
      "compute_image",
      "compute_snapshot",
      "compute_instance_template",
      "compute_subnetwork",
    ],
    why: "Anybody can use it, and copy what is on it.",
    role: "roles/compute.imageUser",
    on: "image",
  }),
  publicGrantRule({
    id: "google-pubsub-public",
    title: "Everybody has a role on the topic or subscription",
    severity: "high",
    families: ["pubsub_topic", "pubsub_subscription", "pubsub_schema"],
    why: "Anybody can send messages that set off what listens, or read those of others.",
    role: "roles/pubsub.publisher",
    on: "topic",
  }),
  publicGrantRule({
    id: "google-cloud-run-public",
    title: "Everybody may call the service",
    severity: "high",
    families: ["cloud_run_service", "cloud_run_v2_service", "cloud_run_v2_job"],
    why: "Nothing but the application itself stands between it and the internet.",
    role: "roles/run.invoker",
    on: "service",
  }),
  publicGrantRule({
    id: "google-function-public",
    title: "Everybody may call the function",
    severity: "high",
    families: ["cloudfunctions_function", "cloudfunctions2_function"],
    why: "Anybody can run it, with whatever input, at your cost.",
    role: "roles/cloudfunctions.invoker",
    on: "cloud_function",
  }),
  publicGrantRule({
    id: "google-artifact-repository-public",
    title: "Everybody has a role on the repository",
    severity: "high",
    families: ["artifact_registry_repository", "sourcerepo_repository", "secure_source_manager_repository"],
    why: "Anybody can pull images and code, or by a wider role put others in their place.",
    role: "roles/artifactregistry.reader",
    on: "repository",
  }),
  publicGrantRule({
    id: "google-iap-public",
    title: "Everybody may pass the identity-aware proxy",
    severity: "high",
    families: [
      "iap_web",
      "iap_web_backend_service",
      "iap_web_region_backend_service",
      "iap_web_type_app_engine",
      "iap_web_type_compute",
      "iap_app_engine_service",
      "iap_app_engine_version",
      "iap_tunnel",
      "iap_tunnel_instance",
    ],
    why: "The proxy is there to keep strangers out; so it keeps out nobody.",
    role: "roles/iap.httpsResourceAccessor",
    on: "project",
  }),
  publicGrantRule({
    id: "google-service-public",
    title: "Everybody has a role on a resource of the project",
    severity: "high",
    families: [
      "cloud_tasks_queue",
      "clouddeploy_delivery_pipeline",
      "clouddeploy_target",
      "data_catalog_entry_group",
      "data_catalog_tag_template",
      "dns_managed_zone",
      "endpoints_service",
      "gke_hub_membership",
      "logging_log_view",
      "notebooks_instance",
      "privateca_ca_pool",
      "workbench_instance",
    ],
    why: "Strangers can see it, and by most roles change it.",
    role: "roles/cloudtasks.enqueuer",
    on: "name",
  }),
];
