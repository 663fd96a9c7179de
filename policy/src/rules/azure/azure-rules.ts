import type { Rule } from "../../rule.ts";
import { azureAppServiceRules } from "./app-service.ts";
import { azureCosmosAndRedisRules } from "./cosmos-and-redis.ts";
import { azureAnalyticsRules } from "./analytics.ts";
import { azureDatabaseFirewallRules } from "./database-firewall.ts";
import { azureDefenderAndBackupRules } from "./defender-and-backup.ts";
import { azureDirectoryRules } from "./directory.ts";
import { azureDiskRules } from "./disk.ts";
import { azureFirewallRules } from "./firewall.ts";
import { azureIntegrationRules } from "./integration.ts";
import { azureKeyVaultRules } from "./key-vault.ts";
import { azureKubernetesKeepingRules } from "./kubernetes-keeping.ts";
import { azureKubernetesRules } from "./kubernetes.ts";
import { azureMachineLearningRules } from "./machine-learning.ts";
import { azureMessagingRules } from "./messaging.ts";
import { azureMonitoringRules } from "./monitoring.ts";
import { azureMssqlRules } from "./mssql.ts";
import { azureNetworkSecurityGroupRules } from "./network-security-group.ts";
import { azureNetworkRules } from "./network.ts";
import { azurePostgresqlAndMysqlRules } from "./postgresql-and-mysql.ts";
import { azureRegistryAndContainerRules } from "./registry-and-containers.ts";
import { azureRoleRules } from "./roles.ts";
import { azureServiceFabricRules } from "./service-fabric.ts";
import { azureStorageKeepingRules } from "./storage-keeping.ts";
import { azureStorageShareRules } from "./storage-shares.ts";
import { azureStorageRules } from "./storage.ts";
import { azureVirtualMachineRules } from "./virtual-machine.ts";
import { azureWebApplicationFirewallRules } from "./web-application-firewall.ts";

/** Every rule about Azure. A new service is a file beside these and a line here. */
export const azureRules: readonly Rule[] = [
  ...azureStorageRules,
  ...azureStorageKeepingRules,
  ...azureStorageShareRules,
  ...azureNetworkSecurityGroupRules,
  ...azureNetworkRules,
  ...azureFirewallRules,
  ...azureWebApplicationFirewallRules,
  ...azureDatabaseFirewallRules,
  ...azureMssqlRules,
  ...azurePostgresqlAndMysqlRules,
  ...azureCosmosAndRedisRules,
  ...azureKeyVaultRules,
  ...azureAppServiceRules,
  ...azureKubernetesRules,
  ...azureKubernetesKeepingRules,
  ...azureVirtualMachineRules,
  ...azureDiskRules,
  ...azureMessagingRules,
  ...azureAnalyticsRules,
  ...azureMachineLearningRules,
  ...azureIntegrationRules,
  ...azureMonitoringRules,
  ...azureRoleRules,
  ...azureDirectoryRules,
  ...azureRegistryAndContainerRules,
  ...azureServiceFabricRules,
  ...azureDefenderAndBackupRules,
];
