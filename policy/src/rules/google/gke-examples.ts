/** HCL of a cluster in which every setting is good but those given, or left out where given as undefined. */
export function clusterExample(changed: Record<string, string | undefined> = {}): string {
  const settings: Record<string, string | undefined> = {
    name: '  name                     = "shop"',
    remove_default_node_pool: "  remove_default_node_pool = true",
    enable_intranode_visibility: "  enable_intranode_visibility = true",
    master_authorized_networks_config: `  master_authorized_networks_config {
    cidr_blocks {
      cidr_block = "198.51.100.0/24"
    }
  }`,
    private_cluster_config: "  private_cluster_config {\n    enable_private_nodes = true\n  }",
    workload_identity_config: '  workload_identity_config {\n    workload_pool = "shop-prod.svc.id.goog"\n  }',
    datapath_provider: '  datapath_provider        = "ADVANCED_DATAPATH"',
    release_channel: '  release_channel {\n    channel = "REGULAR"\n  }',
    database_encryption: '  database_encryption {\n    state    = "ENCRYPTED"\n    key_name = "shop"\n  }',
    binary_authorization: '  binary_authorization {\n    evaluation_mode = "PROJECT_SINGLETON_POLICY_ENFORCE"\n  }',
    authenticator_groups_config:
      '  authenticator_groups_config {\n    security_group = "gke-security-groups@shop.example"\n  }',
    ...changed,
  };
  const lines = Object.values(settings).filter((line) => line !== undefined);
  return `resource "google_container_cluster" "shop" {\n${lines.join("\n")}\n}`;
}

/** HCL of a node pool in which every setting is good but those given. */
export function poolExample(changed: Record<string, string | undefined> = {}): string {
  const settings: Record<string, string | undefined> = {
    service_account: '    service_account = "nodes@shop-prod.iam.gserviceaccount.com"',
    shielded_instance_config:
      "    shielded_instance_config {\n      enable_secure_boot          = true\n      enable_integrity_monitoring = true\n    }",
    workload_metadata_config: '    workload_metadata_config {\n      mode = "GKE_METADATA"\n    }',
    ...changed,
  };
  const lines = Object.values(settings).filter((line) => line !== undefined);
  return `resource "google_container_node_pool" "shop" {\n  cluster = "shop"\n  node_config {\n${lines.join("\n")}\n  }\n}`;
}
