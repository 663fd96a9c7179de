import type { CategoryPrefixes } from "./prefixes.ts";

/** hashicorp/kubernetes. */
export const kubernetesPrefixes: CategoryPrefixes = {
  accounts: ["namespace", "resource_quota", "limit_range", "labels", "annotations"],
  network: ["service", "ingress", "ingress_class", "network_policy", "endpoints", "endpoint_slice"],
  identity: [
    "service_account",
    "default_service_account",
    "role",
    "role_binding",
    "cluster_role",
    "cluster_role_binding",
    "token_request",
    "certificate_signing_request",
  ],
  compute: [
    "deployment",
    "pod",
    "daemonset",
    "daemon_set",
    "stateful_set",
    "replication_controller",
    "job",
    "cron_job",
    "horizontal_pod_autoscaler",
    "pod_disruption_budget",
    "priority_class",
    "runtime_class",
    "config_map",
    "env",
    "manifest",
    "node_taint",
    "node",
    "api_service",
    "device_class",
    "resource_claim",
  ],
  data: ["persistent_volume", "persistent_volume_claim", "storage_class", "csi_driver"],
  security: [
    "secret",
    "pod_security_policy",
    "validating_webhook_configuration",
    "mutating_webhook_configuration",
    "validating_admission_policy",
  ],
};

/** hashicorp/helm: a release runs things. */
export const helmPrefixes: CategoryPrefixes = { compute: [""] };
