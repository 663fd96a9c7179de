import { describe, expect, it } from "vitest";
import { effectivePolicy } from "../../configuration/effective-policy.ts";
import { defaultPolicyConfiguration } from "../../configuration/policy-configuration.ts";
import { resourcesFromHcl } from "../../examples/resources-from-hcl.ts";
import { judgeResources } from "../../judging/judge-resources.ts";
import { azureRules } from "./azure-rules.ts";

const policy = effectivePolicy(defaultPolicyConfiguration, "prod", "shared");

function blocking(hcl: string): string[] {
  return judgeResources(resourcesFromHcl(hcl), azureRules, policy)
    .filter(({ finding }) => finding.severity === "critical" || finding.severity === "high")
    .map(({ finding }) => `${finding.rule} ${finding.outcome} ${finding.address}`);
}

function inbound(source: string, ports: string, more = 'protocol = "Tcp"\n    access = "Allow"'): string {
  return `  security_rule {
    direction             = "Inbound"
    ${more}
    source_address_prefix = ${source}
    ${ports}
  }`;
}

describe("what is made well, as people write it", () => {
  it("is silent about a security group with the usual rules", () => {
    expect(
      blocking(`resource "azurerm_network_security_group" "this" {
${inbound('"AzureLoadBalancer"', 'destination_port_range = "*"')}
${inbound('"VirtualNetwork"', 'destination_port_range = "22"')}
${inbound('"GatewayManager"', 'destination_port_range = "65200-65535"')}
${inbound('"Internet"', 'destination_port_ranges = ["80", "443"]')}
${inbound('"*"', 'destination_port_range = "*"', 'protocol = "*"\n    access = "Deny"')}
${inbound('"*"', 'destination_port_range = "*"', 'protocol = "Icmp"\n    access = "Allow"')}
  security_rule {
    direction              = "Outbound"
    access                 = "Allow"
    protocol               = "*"
    source_address_prefix  = "*"
    destination_port_range = "*"
  }
}`),
    ).toEqual([]);
  });

  it("reads lists of sources and ports, ranges and what stands for everybody", () => {
    const group = (source: string, ports: string) =>
      blocking(`resource "azurerm_network_security_group" "this" {\n${inbound(source, ports)}\n}`);
    const found = ["azure-nsg-world-open-administration fail azurerm_network_security_group.this"];
    expect(group('"Internet"', 'destination_port_range = "22-22"')).toEqual(found);
    expect(
      group(
        'null\n    source_address_prefixes = ["10.0.0.0/8", "0.0.0.0/0"]',
        'destination_port_ranges = ["80", "3380-3390"]',
      ),
    ).toEqual(found);
    expect(group('null\n    source_address_prefixes = ["10.0.0.0/8"]', 'destination_port_ranges = ["22"]')).toEqual([]);
    expect(group("var.offices", 'destination_port_range = "22"')).toEqual([
      "azure-nsg-world-open-administration unknown azurerm_network_security_group.this",
    ]);
    expect(group("var.offices", 'destination_port_range = "443"')).toEqual([]);
  });

  it("is silent about a container that its account keeps private, whatever it asks for", () => {
    const container = (refused: string) =>
      blocking(`resource "azurerm_storage_account" "this" {
  allow_nested_items_to_be_public = ${refused}
  public_network_access_enabled   = false
}
resource "azurerm_storage_container" "this" {
  storage_account_id    = azurerm_storage_account.this.id
  container_access_type = "blob"
}`);
    expect(container("false")).toEqual([]);
    expect(container("true")).toEqual([
      "azure-storage-container-public fail azurerm_storage_container.this",
      "azure-storage-public-blobs-allowed fail azurerm_storage_account.this",
    ]);
  });

  it("is silent about a gateway that redirects HTTP, or takes it inside the network", () => {
    const gateway = (front: string, route: string) =>
      blocking(`resource "azurerm_application_gateway" "this" {
  frontend_ip_configuration {
    name = "front"
    ${front}
  }
  http_listener {
    name                           = "shop"
    protocol                       = "Http"
    frontend_ip_configuration_name = "front"
  }
  request_routing_rule {
    http_listener_name = "shop"
    ${route}
  }
}`);
    const open = "public_ip_address_id = azurerm_public_ip.this.id";
    expect(gateway(open, 'redirect_configuration_name = "to-https"')).toEqual([]);
    expect(gateway("subnet_id = azurerm_subnet.this.id", 'backend_address_pool_name = "shop"')).toEqual([]);
    expect(gateway(open, 'backend_address_pool_name = "shop"')).toEqual([
      "azure-gateway-plain-text fail azurerm_application_gateway.this",
    ]);
  });

  it("is silent about rights on one resource, and about reading a subscription", () => {
    const assigned = (role: string, scope: string) =>
      blocking(`resource "azurerm_role_assignment" "this" {
  scope                = ${scope}
  role_definition_name = "${role}"
}`);
    expect(assigned("Owner", "azurerm_key_vault.this.id")).toEqual([]);
    expect(assigned("Owner", '"/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/shop"')).toEqual([]);
    expect(assigned("Reader", "data.azurerm_subscription.current.id")).toEqual([]);
    expect(assigned("Owner", "data.azurerm_subscription.current.id")).toEqual([
      "azure-role-owner-of-subscription fail azurerm_role_assignment.this",
    ]);
    expect(assigned("Owner", "var.scope")).toEqual([
      "azure-role-owner-of-subscription unknown azurerm_role_assignment.this",
    ]);
  });

  it("is silent about a private cluster, a vault, an app and databases inside the network", () => {
    expect(
      blocking(`resource "azurerm_kubernetes_cluster" "this" {
  private_cluster_enabled = true
  default_node_pool {
    name = "system"
  }
}
resource "azurerm_key_vault" "this" {
  public_network_access_enabled = true
  network_acls {
    bypass         = "AzureServices"
    default_action = "Deny"
  }
}
resource "azurerm_linux_web_app" "this" {
  https_only = true
  site_config {
    minimum_tls_version = "1.3"
    ftps_state          = "FtpsOnly"
  }
}
resource "azurerm_mssql_server" "this" {
  minimum_tls_version           = "1.2"
  public_network_access_enabled = false
}
resource "azurerm_postgresql_flexible_server" "this" {
  delegated_subnet_id = azurerm_subnet.this.id
}
resource "azurerm_redis_cache" "this" {
  minimum_tls_version  = "1.2"
  non_ssl_port_enabled = false
}
resource "azurerm_linux_virtual_machine" "this" {
  disable_password_authentication = true
}`),
    ).toEqual([]);
  });
});
