import { describe, expect, it } from "vitest";
import type { Finding } from "@plumbline/contract/findings";
import { effectivePolicy } from "../../configuration/effective-policy.ts";
import { defaultPolicyConfiguration } from "../../configuration/policy-configuration.ts";
import { resourcesFromHcl } from "../../examples/resources-from-hcl.ts";
import { judgeResources } from "../../judging/judge-resources.ts";
import { azureRules } from "../../rules/azure/azure-rules.ts";
import { cisAzureControls } from "./cis-azure.ts";
import { nameOfControl } from "../control.ts";
import { controlReport } from "../report.ts";

const names = cisAzureControls.map(nameOfControl);
const subscription = "/subscriptions/00000000-0000-0000-0000-000000000001";
const policy = effectivePolicy(defaultPolicyConfiguration, "prod", "shared");

/** States of controls for one subscription, each text being the code of a workspace. */
function states(...workspaces: readonly string[]): (id: string, catalogue?: string) => string | undefined {
  const [report] = controlReport(
    cisAzureControls,
    workspaces.map((hcl, position) => {
      const resources = resourcesFromHcl(hcl);
      const findings: Finding[] = judgeResources(resources, azureRules, policy).map(({ finding }) => finding);
      return { workspace: `workspace-${position}`, account: "shop", resources, findings, waived: new Set<string>() };
    }),
  );
  return (id, catalogue = "CIS Azure 5.0") =>
    report?.results.find(({ control }) => control.catalogue === catalogue && control.id === id)?.state;
}

describe("the controls of CIS Azure Foundations", () => {
  it("stand there once", () => {
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBe(108);
  });

  it.each(cisAzureControls.map((control) => [nameOfControl(control), control] as const))(
    "%s is answered",
    (_, { rules, exists, title }) => {
      expect(rules.length > 0 || exists !== undefined).toBe(true);
      expect(title.length).toBeGreaterThan(10);
    },
  );

  it("are the only ones that rules name", () => {
    const named = new Set(azureRules.flatMap(({ controls }) => controls));
    expect([...named].filter((name) => !names.includes(name))).toEqual([]);
  });

  it("ask once in a subscription for what has to be there, in whatever workspace", () => {
    const owner = (principal: string) => `resource "azurerm_role_assignment" "owner" {
  scope                = "${subscription}"
  role_definition_name = "Owner"
  principal_id         = "${principal}"
}`;
    const recorded = states(`resource "azurerm_monitor_diagnostic_setting" "all" {
  target_resource_id = "${subscription}"
}`);
    expect(recorded("6.1.1.1")).toBe("pass");
    expect(recorded("6.1.1.2")).toBe("fail");
    expect(recorded("7.6")).toBe("fail");
    expect(states(owner("a"))("5.27")).toBe("fail");
    expect(states(owner("a"), owner("b"))("5.27")).toBe("pass");
  });

  it("ask for the alert and the kind of Defender they mean", () => {
    const watched = states(
      `resource "azurerm_monitor_activity_log_alert" "groups" {
  criteria {
    category       = "Administrative"
    operation_name = "Microsoft.Network/networkSecurityGroups/write"
  }
  action {
    action_group_id = "security"
  }
}`,
      `resource "azurerm_security_center_subscription_pricing" "storage" {
  tier          = "Standard"
  resource_type = "StorageAccounts"
}`,
    );
    expect([watched("6.1.2.3"), watched("6.1.2.4")]).toEqual(["pass", "fail"]);
    expect([watched("8.1.5.1"), watched("8.1.6.1")]).toEqual(["pass", "fail"]);
  });

  it("count of a rule's findings only what they ask about", () => {
    const open = states(`resource "azurerm_network_security_rule" "shell" {
  direction              = "Inbound"
  access                 = "Allow"
  protocol               = "Tcp"
  source_address_prefix  = "*"
  destination_port_range = "22"
}
resource "azurerm_mysql_flexible_server_configuration" "tls" {
  name  = "require_secure_transport"
  value = "OFF"
}`);
    expect([open("7.1"), open("7.2")]).toEqual(["pass", "fail"]);
    expect([open("5.2.1", "CIS Azure 3.0"), open("5.3.1", "CIS Azure 3.0")]).toEqual(["pass", "fail"]);
  });
});
