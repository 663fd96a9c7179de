import type { Rule } from "../../rule.ts";
import { all, any, equals, not, oneOf, present, some } from "../../vocabulary/condition.ts";
import type { Condition } from "../../vocabulary/condition.ts";
import { resourceOf } from "./resource-example.ts";

const cluster = "azurerm_service_fabric_cluster";

/** What the cluster's machines say to each other is encrypted and signed. */
const protectedInside: Condition = some(
  "fabric_settings",
  all(equals("parameters.ClusterProtectionLevel", "EncryptAndSign"), oneOf("name", ["Security"])),
);

export const azureServiceFabricRules: Rule[] = [
  {
    id: "azure-service-fabric-plain-inside",
    severity: "medium",
    category: "encryption",
    title: "Machines of the Service Fabric cluster talk to each other without encryption",
    resourceTypes: [cluster],
    failsWhen: not(protectedInside),
    why: "Who gets into the network reads and forges what the machines tell each other.",
    fix: "Add fabric_settings named Security with ClusterProtectionLevel = EncryptAndSign.",
    controls: [],
    examples: { bad: fabric("None"), good: fabric("EncryptAndSign") },
  },
  {
    id: "azure-service-fabric-no-login",
    severity: "medium",
    category: "identity",
    title: "The Service Fabric cluster does not know who manages it",
    resourceTypes: [cluster],
    failsWhen: not(
      any(
        present("azure_active_directory"),
        present("client_certificate_thumbprint"),
        present("client_certificate_common_name"),
      ),
    ),
    why: "Whoever reaches its management endpoint manages it.",
    fix: "Add azure_active_directory.",
    controls: [],
    examples: {
      bad: resourceOf(cluster, 'name = "orders"'),
      good: resourceOf(cluster, 'name = "orders"', 'azure_active_directory {\n  tenant_id = "orders"\n}'),
    },
  },
];

function fabric(level: string): string {
  return resourceOf(
    cluster,
    `fabric_settings {\n  name = "Security"\n  parameters = {\n    ClusterProtectionLevel = "${level}"\n  }\n}`,
  );
}
