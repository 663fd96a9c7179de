import { describe, expect, it } from "vitest";
import { effectivePolicy } from "../../configuration/effective-policy.ts";
import { defaultPolicyConfiguration } from "../../configuration/policy-configuration.ts";
import { resourcesFromHcl } from "../../examples/resources-from-hcl.ts";
import { judgeResources } from "../../judging/judge-resources.ts";
import { googleRules } from "../../rules/google/google-rules.ts";
import { cisGcpControls } from "./cis-gcp.ts";
import { nameOfControl } from "../control.ts";
import { controlReport } from "../report.ts";

const names = cisGcpControls.map(nameOfControl);
const policy = effectivePolicy(defaultPolicyConfiguration, "prod", "shared");

/** States of controls for one project, each text being the code of a workspace. */
function states(...workspaces: readonly string[]): (id: string) => string | undefined {
  const [report] = controlReport(
    cisGcpControls,
    workspaces.map((hcl, position) => {
      const resources = resourcesFromHcl(hcl);
      const findings = judgeResources(resources, googleRules, policy).map(({ finding }) => finding);
      return {
        workspace: `workspace-${position}`,
        account: "shop-prod",
        resources,
        findings,
        waived: new Set<string>(),
      };
    }),
  );
  return (id) => report?.results.find(({ control }) => control.id === id)?.state;
}

describe("the controls of CIS Google Cloud Foundations", () => {
  it("stand there once", () => {
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBe(67);
  });

  it.each(cisGcpControls.map((control) => [nameOfControl(control), control] as const))(
    "%s is answered",
    (_, { rules, exists, title }) => {
      expect(rules.length > 0 || exists !== undefined).toBe(true);
      expect(title.length).toBeGreaterThan(10);
    },
  );

  it("are the only ones that rules name", () => {
    const named = new Set(googleRules.flatMap(({ controls }) => controls));
    expect([...named].filter((name) => !names.includes(name))).toEqual([]);
  });

  it("ask once in a project for what has to be there, in whatever workspace", () => {
    const metric = `resource "google_logging_metric" "databases" {
  name   = "databases"
  filter = "protoPayload.methodName=\\"cloudsql.instances.update\\""
}`;
    const alert = (name: string) => `resource "google_monitoring_alert_policy" "databases" {
  display_name = "databases"
  combiner     = "OR"
  conditions {
    display_name = "changed"
    condition_threshold {
      filter = "resource.type=\\"global\\" AND metric.type=\\"logging.googleapis.com/user/${name}\\""
    }
  }
}`;
    expect(states(metric)("2.12")).toBe("fail");
    expect(states(metric, alert("databases"))("2.12")).toBe("pass");
    expect(states(metric, alert("databases-of-others"))("2.12")).toBe("fail");
    expect(states(metric, alert("databases"))("2.11")).toBe("fail");
    expect(
      states('resource "google_project_service" "assets" {\n  service = "cloudasset.googleapis.com"\n}')("2.14"),
    ).toBe("pass");
  });

  it("do not take a sink that leaves entries out for one that takes all", () => {
    const sink = (filter: string) => `resource "google_logging_project_sink" "all" {
  name        = "all"
  destination = "storage.googleapis.com/logs"
${filter}
}`;
    const bucket = (retention: string) => `resource "google_storage_bucket" "logs" {
  name = "logs"
${retention}
}`;
    const locked = "  retention_policy {\n    is_locked        = true\n    retention_period = 31536000\n  }";
    expect([states(sink(""))("2.3"), states(sink('  filter = "severity >= ERROR"'))("2.3")]).toEqual(["pass", "fail"]);
    expect(states(`${sink("")}\n${bucket("")}`)("2.4")).toBe("fail");
    expect(states(`${sink("")}\n${bucket(locked)}`)("2.4")).toBe("pass");
  });

  it("count of a rule's findings only what they ask about", () => {
    const open = states(`resource "google_compute_firewall" "desktop" {
  source_ranges = ["0.0.0.0/0"]
  allow {
    protocol = "tcp"
    ports    = ["3380-3390"]
  }
}
resource "google_compute_project_metadata_item" "console" {
  key   = "serial-port-enable"
  value = "TRUE"
}`);
    expect([open("3.6"), open("3.7")]).toEqual(["pass", "fail"]);
    expect([open("4.4"), open("4.5")]).toEqual(["pass", "fail"]);
  });
});
