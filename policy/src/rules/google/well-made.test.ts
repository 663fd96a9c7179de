import { describe, expect, it } from "vitest";
import { effectivePolicy } from "../../configuration/effective-policy.ts";
import { defaultPolicyConfiguration } from "../../configuration/policy-configuration.ts";
import { resourcesFromHcl } from "../../examples/resources-from-hcl.ts";
import { judgeResources } from "../../judging/judge-resources.ts";
import { googleRules } from "./google-rules.ts";

const policy = effectivePolicy(defaultPolicyConfiguration, "prod", "shared");

function found(hcl: string, ...severities: readonly string[]): string[] {
  return judgeResources(resourcesFromHcl(hcl), googleRules, policy)
    .filter(({ finding }) => severities.includes(finding.severity))
    .map(({ finding }) => `${finding.rule} ${finding.outcome} ${finding.address}`);
}

describe("what is made well, as people write it", () => {
  it("is silent about a network with proxies, health checks and a wall", () => {
    expect(
      found(
        `
resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}
resource "google_compute_subnetwork" "main" {
  name                     = "main"
  network                  = google_compute_network.main.id
  ip_cidr_range            = "10.0.0.0/20"
  private_ip_google_access = true
  log_config {
    aggregation_interval = "INTERVAL_5_SEC"
  }
}
resource "google_compute_subnetwork" "proxies" {
  name          = "proxies"
  network       = google_compute_network.main.id
  ip_cidr_range = "10.9.0.0/24"
  purpose       = "REGIONAL_MANAGED_PROXY"
  role          = "ACTIVE"
}
resource "google_compute_firewall" "web" {
  name          = "web"
  network       = google_compute_network.main.id
  source_ranges = ["0.0.0.0/0"]
  allow {
    protocol = "tcp"
    ports    = ["80", "443"]
  }
  allow {
    protocol = "icmp"
  }
}
resource "google_compute_firewall" "shell" {
  name          = "shell"
  network       = google_compute_network.main.id
  source_ranges = ["35.235.240.0/20"]
  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
}
resource "google_compute_firewall" "health" {
  name          = "health"
  network       = google_compute_network.main.id
  source_ranges = ["130.211.0.0/22", "35.191.0.0/16"]
  allow {
    protocol = "tcp"
  }
}
resource "google_compute_firewall" "out" {
  name               = "out"
  network            = google_compute_network.main.id
  direction          = "EGRESS"
  destination_ranges = ["0.0.0.0/0"]
  allow {
    protocol = "all"
  }
}
resource "google_compute_firewall" "wall" {
  name          = "wall"
  network       = google_compute_network.main.id
  source_ranges = ["0.0.0.0/0"]
  deny {
    protocol = "all"
  }
}
resource "google_compute_ssl_policy" "modern" {
  name            = "modern"
  profile         = "MODERN"
  min_tls_version = "TLS_1_2"
}
resource "google_compute_target_https_proxy" "web" {
  name       = "web"
  url_map    = google_compute_url_map.web.id
  ssl_policy = google_compute_ssl_policy.modern.id
}
resource "google_compute_target_http_proxy" "redirect" {
  name    = "redirect"
  url_map = google_compute_url_map.redirect.id
}
resource "google_compute_url_map" "web" {
  name            = "web"
  default_service = "web"
}
resource "google_compute_url_map" "redirect" {
  name = "redirect"
  default_url_redirect {
    https_redirect = true
    strip_query    = false
  }
}`,
        "critical",
        "high",
        "medium",
      ),
    ).toEqual([]);
  });

  it("is silent about a private cluster whose machines have an account of their own", () => {
    expect(
      found(
        `
resource "google_service_account" "nodes" {
  account_id = "nodes"
}
resource "google_project_iam_member" "nodes" {
  project = "shop-prod"
  role    = "roles/container.defaultNodeServiceAccount"
  member  = google_service_account.nodes.member
}
resource "google_service_account_iam_member" "pods" {
  service_account_id = google_service_account.nodes.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "serviceAccount:shop-prod.svc.id.goog[shop/shop]"
}
resource "google_container_cluster" "main" {
  name                     = "main"
  remove_default_node_pool = true
  initial_node_count       = 1
  datapath_provider        = "ADVANCED_DATAPATH"
  private_cluster_config {
    enable_private_nodes    = true
    enable_private_endpoint = true
  }
  workload_identity_config {
    workload_pool = "shop-prod.svc.id.goog"
  }
  database_encryption {
    state    = "ENCRYPTED"
    key_name = google_kms_crypto_key.main.id
  }
  node_config {
    service_account = google_service_account.nodes.email
  }
}
resource "google_container_node_pool" "main" {
  cluster = google_container_cluster.main.name
  management {
    auto_repair  = true
    auto_upgrade = true
  }
  node_config {
    service_account = google_service_account.nodes.email
    oauth_scopes    = ["https://www.googleapis.com/auth/cloud-platform"]
  }
}
resource "google_container_cluster" "autopilot" {
  name             = "autopilot"
  enable_autopilot = true
  private_cluster_config {
    enable_private_nodes = true
  }
  master_authorized_networks_config {}
  database_encryption {
    state    = "ENCRYPTED"
    key_name = google_kms_crypto_key.main.id
  }
}
resource "google_kms_crypto_key" "main" {
  name            = "main"
  rotation_period = "7776000s"
}
resource "google_kms_crypto_key" "signing" {
  name    = "signing"
  purpose = "ASYMMETRIC_SIGN"
}
resource "google_kms_crypto_key_iam_binding" "main" {
  crypto_key_id = google_kms_crypto_key.main.id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  members       = ["serviceAccount:service-111122223333@container-engine-robot.iam.gserviceaccount.com"]
}`,
        "critical",
        "high",
        "medium",
      ),
    ).toEqual([]);
  });

  it("does not block a database by private addresses, a bucket, a machine and a service behind a load balancer", () => {
    expect(
      found(
        `
resource "google_sql_database_instance" "main" {
  name             = "main"
  database_version = "POSTGRES_16"
  settings {
    tier = "db-custom-2-7680"
    ip_configuration {
      ipv4_enabled    = false
      private_network = google_compute_network.main.id
    }
  }
}
resource "google_sql_database_instance" "replica" {
  name                 = "replica"
  database_version     = "POSTGRES_16"
  master_instance_name = google_sql_database_instance.main.name
  settings {
    tier = "db-custom-2-7680"
    ip_configuration {
      ipv4_enabled    = false
      private_network = google_compute_network.main.id
    }
  }
}
resource "google_storage_bucket" "main" {
  name = "main"
}
resource "google_storage_bucket_iam_member" "main" {
  bucket = google_storage_bucket.main.name
  role   = "roles/storage.objectViewer"
  member = google_service_account.main.member
}
resource "google_service_account" "main" {
  account_id = "main"
}
resource "google_compute_instance_template" "main" {
  machine_type = "e2-small"
  service_account {
    email  = google_service_account.main.email
    scopes = ["cloud-platform"]
  }
}
resource "google_cloud_run_v2_service" "main" {
  name = "main"
  template {
    service_account = google_service_account.main.email
  }
}
resource "google_bigquery_dataset" "main" {
  dataset_id = "main"
  access {
    role          = "OWNER"
    special_group = "projectOwners"
  }
  access {
    role   = "READER"
    domain = "shop.example"
  }
}
resource "google_iam_workload_identity_pool_provider" "builds" {
  workload_identity_pool_id          = "builds"
  workload_identity_pool_provider_id = "builds"
  attribute_condition                = "assertion.repository_owner_id == '1234'"
  oidc {
    issuer_uri = "https://token.actions.githubusercontent.com"
  }
}`,
        "critical",
        "high",
      ),
    ).toEqual([]);
  });

  it("takes the default account for itself, by whatever way it is named", () => {
    const machine = (email: string) =>
      found(
        `resource "google_compute_instance" "shop" {
  name = "shop"
  service_account {
    ${email}
    scopes = ["cloud-platform"]
  }
}`,
        "high",
      );
    const blocked = ["google-instance-default-account-full-access fail google_compute_instance.shop"];
    expect(machine("")).toEqual(blocked);
    expect(machine("email = data.google_compute_default_service_account.default.email")).toEqual(blocked);
    expect(machine('email = "111122223333-compute@developer.gserviceaccount.com"')).toEqual(blocked);
    expect(machine("email = var.account")).toEqual([blocked[0]?.replace("fail", "unknown")]);
    expect(machine("email = google_service_account.shop.email")).toEqual([]);
  });
});
