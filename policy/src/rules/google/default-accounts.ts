import type { Rule } from "../../rule.ts";
import { all, not, present } from "../../vocabulary/condition.ts";
import type { Condition } from "../../vocabulary/condition.ts";
import { isDefaultAccount } from "./default-account.ts";

interface DefaultAccount {
  id: string;
  /** As in "The … runs as the project's default service account". */
  thing: string;
  type: string;
  /** The attribute that names the account. */
  path: string;
  /** Besides: where the service asks for an account at all. */
  only?: Condition;
  example: (account: string) => string;
}

function defaultAccountRule({ id, thing, type, path, only, example }: DefaultAccount): Rule {
  return {
    id: `google-${id}-default-account`,
    severity: "medium",
    category: "access",
    title: `The ${thing} runs as the project's default service account`,
    resourceTypes: [type],
    failsWhen: only ? all(isDefaultAccount(path), only) : isDefaultAccount(path),
    why: "In most projects that account may edit everything, and everything that names no account shares it.",
    fix: `Make a google_service_account with the roles this work needs and name it in ${path}.`,
    controls: [],
    examples: { bad: example(""), good: example("shop@shop-prod.iam.gserviceaccount.com") },
  };
}

const set = (indent: string, name: string, account: string) =>
  account === "" ? "" : `\n${indent}${name} = "${account}"`;

export const googleDefaultAccountRules: Rule[] = [
  defaultAccountRule({
    id: "cloud-run-v1",
    thing: "service",
    type: "google_cloud_run_service",
    path: "template.spec.service_account_name",
    example: (account) => `resource "google_cloud_run_service" "shop" {
  name = "shop"
  template {
    spec {
      container_concurrency = 80${set("      ", "service_account_name", account)}
    }
  }
}`,
  }),
  defaultAccountRule({
    id: "cloud-run",
    thing: "service",
    type: "google_cloud_run_v2_service",
    path: "template.service_account",
    example: (account) => `resource "google_cloud_run_v2_service" "shop" {
  name    = "shop"
  ingress = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
  template {
    timeout = "60s"${set("    ", "service_account", account)}
  }
}`,
  }),
  defaultAccountRule({
    id: "function-v1",
    thing: "function",
    type: "google_cloudfunctions_function",
    path: "service_account_email",
    example: (account) => `resource "google_cloudfunctions_function" "shop" {
  name    = "shop"
  runtime = "nodejs22"${set("  ", "service_account_email", account)}
}`,
  }),
  defaultAccountRule({
    id: "function",
    thing: "function",
    type: "google_cloudfunctions2_function",
    path: "service_config.service_account_email",
    example: (account) => `resource "google_cloudfunctions2_function" "shop" {
  name = "shop"
  service_config {
    timeout_seconds = 60${set("    ", "service_account_email", account)}
  }
}`,
  }),
  defaultAccountRule({
    id: "dataproc",
    thing: "cluster",
    type: "google_dataproc_cluster",
    path: "cluster_config.gce_cluster_config.service_account",
    // On Kubernetes the pods' accounts count.
    only: not(present("virtual_cluster_config")),
    example: (account) => `resource "google_dataproc_cluster" "shop" {
  name = "shop"
  cluster_config {
    gce_cluster_config {
      internal_ip_only = true${set("      ", "service_account", account)}
    }
  }
}`,
  }),
  defaultAccountRule({
    id: "dataflow",
    thing: "job",
    type: "google_dataflow_job",
    path: "service_account_email",
    example: (account) => `resource "google_dataflow_job" "shop" {
  name             = "shop"
  ip_configuration = "WORKER_IP_PRIVATE"${set("  ", "service_account_email", account)}
}`,
  }),
  defaultAccountRule({
    id: "composer",
    thing: "environment",
    type: "google_composer_environment",
    path: "config.node_config.service_account",
    example: (account) => `resource "google_composer_environment" "shop" {
  name = "shop"
  config {
    enable_private_environment = true
    node_config {
      network = "shop"${set("      ", "service_account", account)}
    }
  }
}`,
  }),
  defaultAccountRule({
    id: "notebook",
    thing: "notebook",
    type: "google_workbench_instance",
    path: "gce_setup.service_accounts.email",
    example: (account) => `resource "google_workbench_instance" "shop" {
  name = "shop"
  gce_setup {
    disable_public_ip = true
    service_accounts {${set("      ", "email", account)}
    }
  }
}`,
  }),
  defaultAccountRule({
    id: "workflow",
    thing: "workflow",
    type: "google_workflows_workflow",
    path: "service_account",
    example: (account) => `resource "google_workflows_workflow" "shop" {
  name = "shop"${set("  ", "service_account", account)}
}`,
  }),
];
