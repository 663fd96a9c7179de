import type { Rule } from "../../rule.ts";
import { azureAppServiceRules } from "./app-service.ts";
import { azureCosmosAndRedisRules } from "./cosmos-and-redis.ts";
import { azureDatabaseFirewallRules } from "./database-firewall.ts";
import { azureKeyVaultRules } from "./key-vault.ts";
import { azureKubernetesKeepingRules } from "./kubernetes-keeping.ts";
import { azureKubernetesRules } from "./kubernetes.ts";
import { azureMssqlRules } from "./mssql.ts";
import { azureNetworkSecurityGroupRules } from "./network-security-group.ts";
import { azureOpenDatabaseRules } from "./open-databases.ts";
import { azureRegistryAndContainerRules } from "./registry-and-containers.ts";
import { azureStorageKeepingRules } from "./storage-keeping.ts";
import { azureStorageRules } from "./storage.ts";

/** Every rule about Azure. A new service is a file beside these and a line here. */
export const azureRules: readonly Rule[] = [
  ...azureStorageRules,
  ...azureStorageKeepingRules,
  ...azureNetworkSecurityGroupRules,
  ...azureDatabaseFirewallRules,
  ...azureMssqlRules,
  ...azureOpenDatabaseRules,
  ...azureCosmosAndRedisRules,
  ...azureKeyVaultRules,
  ...azureAppServiceRules,
  ...azureKubernetesRules,
  ...azureKubernetesKeepingRules,
  ...azureRegistryAndContainerRules,
];
