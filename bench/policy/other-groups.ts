import type { Random } from "../random.ts";
import type { Planned } from "./planned.ts";

/** What one area has at Azure, Google Cloud and in Kubernetes. */
export function otherGroup(group: number, random: Random): Planned[] {
  const good = () => random.below(5) > 0;
  return [
    {
      type: "azurerm_storage_account",
      name: "data",
      values: {
        name: `data${group}`,
        min_tls_version: good() ? "TLS1_2" : "TLS1_0",
        https_traffic_only_enabled: true,
        allow_nested_items_to_be_public: !good(),
        account_replication_type: "GRS",
      },
      unknown: { id: true },
    },
    {
      type: "azurerm_storage_account_network_rules",
      name: "data",
      values: { default_action: "Deny", storage_account_id: `/accounts/data${group}` },
      references: { storage_account_id: ["azurerm_storage_account.data.id", "azurerm_storage_account.data"] },
    },
    { type: "azurerm_network_security_group", name: "web", values: { name: `web-${group}` }, unknown: { id: true } },
    {
      type: "azurerm_network_security_rule",
      name: "ssh",
      values: {
        direction: "Inbound",
        access: "Allow",
        protocol: "Tcp",
        destination_port_range: "22",
        source_address_prefix: good() ? "10.0.0.0/8" : "*",
        network_security_group_name: `web-${group}`,
      },
    },
    {
      type: "azurerm_mssql_server",
      name: "orders",
      values: { name: `orders-${group}`, minimum_tls_version: "1.2" },
      unknown: { id: true },
    },
    {
      type: "azurerm_mssql_firewall_rule",
      name: "all",
      values: { server_id: `/servers/orders-${group}`, start_ip_address: "10.0.0.1", end_ip_address: "10.0.0.9" },
      references: { server_id: ["azurerm_mssql_server.orders.id", "azurerm_mssql_server.orders"] },
    },
    {
      type: "azurerm_key_vault",
      name: "main",
      values: { name: `kv-${group}`, purge_protection_enabled: good() },
      unknown: { id: true },
    },
    {
      type: "google_storage_bucket",
      name: "data",
      values: { name: `g-data-${group}`, uniform_bucket_level_access: good(), public_access_prevention: "enforced" },
    },
    {
      type: "google_storage_bucket_iam_member",
      name: "data",
      values: {
        bucket: `g-data-${group}`,
        role: "roles/storage.objectViewer",
        member: good() ? "user:a@example.org" : "allUsers",
      },
    },
    {
      type: "google_compute_firewall",
      name: "ssh",
      values: {
        direction: "INGRESS",
        allow: [{ protocol: "tcp", ports: ["22"] }],
        source_ranges: [good() ? "10.0.0.0/8" : "0.0.0.0/0"],
      },
    },
    {
      type: "google_sql_database_instance",
      name: "orders",
      values: {
        database_version: "POSTGRES_16",
        settings: [
          {
            ip_configuration: [{ ipv4_enabled: false, ssl_mode: "ENCRYPTED_ONLY" }],
            backup_configuration: [{ enabled: good() }],
          },
        ],
      },
    },
    {
      type: "kubernetes_namespace",
      name: "shop",
      values: { metadata: [{ name: `shop-${group}`, labels: { area: String(group) } }] },
    },
    {
      type: "kubernetes_deployment",
      name: "shop",
      values: {
        metadata: [{ name: "shop", namespace: `shop-${group}` }],
        spec: [
          {
            replicas: "2",
            template: [
              {
                spec: [
                  { container: [{ name: "shop", image: "shop:1.2", security_context: [{ privileged: !good() }] }] },
                ],
              },
            ],
          },
        ],
      },
    },
  ];
}
