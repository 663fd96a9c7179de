import type { Rule } from "../../rule.ts";
import { all, any, equals, isTrue, not, present, some, worldOpen } from "../../vocabulary/condition.ts";

const account = 'service_account = "shop@shop-prod.iam.gserviceaccount.com"';

const cluster = (more: string) => `resource "google_dataproc_cluster" "shop" {
  name = "shop"
  cluster_config {
    gce_cluster_config {
      ${account}
${more}
    }
  }
}`;

const composer = (more: string) => `resource "google_composer_environment" "shop" {
  name = "shop"
  config {
    node_config {
      ${account}
    }
${more}
  }
}`;
const privately = "    enable_private_environment = true";

const fusion = (isPrivate: boolean) => `resource "google_data_fusion_instance" "shop" {
  name                       = "shop"
  private_instance           = ${isPrivate}
  enable_stackdriver_logging = true
}`;

const job = (way: string) => `resource "google_dataflow_job" "shop" {
  name                  = "shop"
  service_account_email = "shop@shop-prod.iam.gserviceaccount.com"
  ip_configuration      = "${way}"
}`;

const notebook = (closed: boolean) => `resource "google_notebooks_instance" "lab" {
  name            = "lab"
  ${account}
  no_public_ip    = ${closed}
}`;

const workbench = (closed: boolean) => `resource "google_workbench_instance" "lab" {
  name = "lab"
  gce_setup {
    disable_public_ip = ${closed}
    service_accounts {
      email = "shop@shop-prod.iam.gserviceaccount.com"
    }
  }
}`;

const looker = (open: boolean) => `resource "google_looker_instance" "shop" {
  name              = "shop"
  public_ip_enabled = ${open}
}`;

const index = (open: boolean) => `resource "google_vertex_ai_index_endpoint" "shop" {
  display_name            = "shop"
  public_endpoint_enabled = ${open}
}`;

const address = {
  severity: "medium",
  category: "exposure",
  why: "One firewall rule too wide, and the machines can be attacked directly.",
  controls: [],
} as const;

export const googleAnalyticsRules: Rule[] = [
  {
    ...address,
    id: "google-dataproc-public-address",
    title: "The cluster's machines have addresses on the internet",
    resourceTypes: ["google_dataproc_cluster"],
    failsWhen: all(
      not(isTrue("cluster_config.gce_cluster_config.internal_ip_only")),
      not(present("virtual_cluster_config")),
    ),
    fix: "Set gce_cluster_config.internal_ip_only = true and give the subnet private access to Google's services.",
    repair: "none",
    examples: { bad: cluster("      internal_ip_only = false"), good: cluster("      internal_ip_only = true") },
  },
  {
    ...address,
    id: "google-dataflow-public-address",
    title: "The job's machines have addresses on the internet",
    resourceTypes: ["google_dataflow_job"],
    failsWhen: not(equals("ip_configuration", "WORKER_IP_PRIVATE")),
    fix: 'Set ip_configuration = "WORKER_IP_PRIVATE".',
    repair: "none",
    examples: { bad: job("WORKER_IP_PUBLIC"), good: job("WORKER_IP_PRIVATE") },
  },
  {
    ...address,
    id: "google-composer-public",
    title: "The environment's machines have addresses on the internet",
    resourceTypes: ["google_composer_environment"],
    // Before the third version the block alone made it private.
    failsWhen: not(any(isTrue("config.enable_private_environment"), present("config.private_environment_config"))),
    fix: "Set config.enable_private_environment = true, or add private_environment_config before version 3.",
    repair: "none",
    examples: { bad: composer("    enable_private_environment = false"), good: composer(privately) },
  },
  {
    id: "google-composer-web-server-open",
    severity: "medium",
    category: "exposure",
    title: "The environment's web pages can be reached from the whole internet",
    resourceTypes: ["google_composer_environment"],
    failsWhen: some("config.web_server_network_access_control.allowed_ip_range", worldOpen("value"), ["value"]),
    why: "Only the login stands between the internet and whoever may start any workflow.",
    fix: "Name your own networks in allowed_ip_range.",
    controls: [],
    examples: {
      bad: composer(
        `${privately}\n    web_server_network_access_control {\n      allowed_ip_range {\n        value = "0.0.0.0/0"\n      }\n    }`,
      ),
      good: composer(
        `${privately}\n    web_server_network_access_control {\n      allowed_ip_range {\n        value = "198.51.100.0/24"\n      }\n    }`,
      ),
    },
  },
  {
    ...address,
    id: "google-data-fusion-public",
    title: "The instance works over the internet",
    resourceTypes: ["google_data_fusion_instance"],
    failsWhen: not(isTrue("private_instance")),
    fix: "Set private_instance = true and give it a network_config.",
    repair: "none",
    examples: { bad: fusion(false), good: fusion(true) },
  },
  {
    id: "google-data-fusion-not-logged",
    severity: "low",
    category: "logging",
    title: "What the instance does is not logged",
    resourceTypes: ["google_data_fusion_instance"],
    failsWhen: not(isTrue("enable_stackdriver_logging")),
    why: "Nobody can tell later which data went where.",
    fix: "Set enable_stackdriver_logging = true.",
    controls: [],
    examples: { bad: fusion(true).replace("logging = true", "logging = false"), good: fusion(true) },
  },
  {
    ...address,
    id: "google-notebook-public-address",
    title: "The notebook has an address on the internet",
    resourceTypes: ["google_notebooks_instance"],
    failsWhen: not(isTrue("no_public_ip")),
    fix: "Set no_public_ip = true.",
    examples: { bad: notebook(false), good: notebook(true) },
  },
  {
    ...address,
    id: "google-workbench-public-address",
    title: "The notebook has an address on the internet",
    resourceTypes: ["google_workbench_instance"],
    failsWhen: not(isTrue("gce_setup.disable_public_ip")),
    fix: "Set gce_setup.disable_public_ip = true.",
    examples: { bad: workbench(false), good: workbench(true) },
  },
  {
    ...address,
    id: "google-looker-public",
    title: "The reports can be reached over the internet",
    resourceTypes: ["google_looker_instance"],
    failsWhen: isTrue("public_ip_enabled"),
    why: "Only the login stands between the internet and the company's figures.",
    fix: "Set public_ip_enabled = false and private_ip_enabled or psc_enabled = true.",
    repair: "none",
    examples: { bad: looker(true), good: looker(false) },
  },
  {
    ...address,
    id: "google-vertex-index-public",
    title: "The index can be queried over the internet",
    resourceTypes: ["google_vertex_ai_index_endpoint"],
    failsWhen: isTrue("public_endpoint_enabled"),
    why: "A stolen token works from anywhere.",
    fix: "Leave public_endpoint_enabled out and name a network.",
    examples: { bad: index(true), good: index(false) },
  },
];
