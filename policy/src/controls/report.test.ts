import type { Finding } from "@plumbline/contract/findings";
import { describe, expect, it } from "vitest";
import { effectivePolicy } from "../configuration/effective-policy.ts";
import { defaultPolicyConfiguration } from "../configuration/policy-configuration.ts";
import { judgeResources } from "../judging/judge-resources.ts";
import { awsRules } from "../rules/aws/aws-rules.ts";
import { resourcesFromHcl } from "../examples/resources-from-hcl.ts";
import { cisAwsControls } from "./cis-aws/cis-aws.ts";
import { controlReport } from "./report.ts";
import type { ControlResult, ReportedWorkspace } from "./report.ts";

const policy = effectivePolicy(defaultPolicyConfiguration, "prod", "shared");

function workspace(name: string, hcl: string, more: Partial<ReportedWorkspace> = {}): ReportedWorkspace {
  const resources = resourcesFromHcl(hcl);
  const findings: Finding[] = judgeResources(resources, awsRules, policy).map(({ finding }) => finding);
  return { workspace: name, account: "111122223333", resources, findings, waived: new Set(), ...more };
}

function result(id: string, ...workspaces: ReportedWorkspace[]): ControlResult {
  const [report] = controlReport(cisAwsControls, workspaces);
  const found = report?.results.find(({ control }) => control.id === id);
  if (!found) throw new Error(`there is no control ${id}`);
  return found;
}

const database = (encrypted: boolean) =>
  workspace("shop", `resource "aws_db_instance" "orders" {\n  storage_encrypted = ${encrypted}\n}`);

const trail = (selector = "") => `resource "aws_cloudtrail" "all" {
  name                       = "all"
  s3_bucket_name             = "trail"
  is_multi_region_trail      = true
  enable_log_file_validation = true
${selector}
}`;

const group = (port: number, network: string) => `resource "aws_security_group" "web" {
  ingress {
    from_port   = ${port}
    to_port     = ${port}
    protocol    = "tcp"
    ${network}
  }
}`;

describe("a control that rules answer", () => {
  it("fails where one of them found something, and says where", () => {
    const { state, evidence } = result("2.2.1", database(false));
    expect(state).toBe("fail");
    expect(evidence).toEqual([
      { workspace: "shop", address: "aws_db_instance.orders", rule: "aws-rds-storage-encrypted", state: "fail" },
    ]);
  });

  it("passes where none did", () => {
    expect(result("2.2.1", database(true)).state).toBe("pass");
  });

  it("is waived when all that was found is", () => {
    const bad = database(false);
    const waived = new Set(bad.findings.map(({ fingerprint }) => fingerprint));
    expect(result("2.2.1", { ...bad, waived }).state).toBe("waived");
    expect(result("2.2.1", { ...bad, waived }, { ...database(false), workspace: "other" }).state).toBe("fail");
  });

  it("is unknown while a value is", () => {
    const open = workspace("shop", `resource "aws_db_instance" "orders" {\n  storage_encrypted = var.encrypted\n}`);
    expect(result("2.2.1", open).state).toBe("unknown");
  });

  it("counts only what it asks about", () => {
    const shell = workspace("shop", group(22, 'cidr_blocks = ["0.0.0.0/0"]'));
    expect(["5.1.2", "5.3", "5.4"].map((id) => result(id, shell).state)).toEqual(["pass", "fail", "pass"]);
    const files = workspace("shop", group(445, 'ipv6_cidr_blocks = ["::/0"]'));
    expect(["5.1.2", "5.3", "5.4"].map((id) => result(id, files).state)).toEqual(["fail", "pass", "pass"]);
    const desktop = workspace("shop", group(3389, 'ipv6_cidr_blocks = ["::/0"]'));
    expect(["5.1.2", "5.3", "5.4"].map((id) => result(id, desktop).state)).toEqual(["pass", "pass", "fail"]);
  });
});

describe("a control about something that has to exist", () => {
  it("passes when any workspace of the account has it", () => {
    const shop = workspace("shop", 'resource "aws_vpc" "shop" {}');
    const base = workspace("base", trail());
    expect(result("3.1", shop)).toMatchObject({ state: "fail", evidence: [] });
    expect(result("3.1", shop, base)).toMatchObject({
      state: "pass",
      evidence: [{ workspace: "base", address: "aws_cloudtrail.all", state: "pass" }],
    });
  });

  it("does not pass by another account's", () => {
    const reports = controlReport(cisAwsControls, [
      workspace("shop", 'resource "aws_vpc" "shop" {}'),
      { ...workspace("base", trail()), account: "444455556666" },
    ]);
    const states = reports.map(({ account, results }) => [
      account,
      results.find(({ control }) => control.id === "3.1")?.state,
    ]);
    expect(states).toEqual([
      ["111122223333", "fail"],
      ["444455556666", "pass"],
    ]);
  });

  it("is waived by its own name", () => {
    const shop = workspace("shop", "", { waived: new Set(["CIS AWS 5.0 4.1"]) });
    expect(result("4.1", shop).state).toBe("waived");
    expect(result("4.2", shop).state).toBe("fail");
  });

  it("is unknown while it may come to exist", () => {
    const shop = workspace(
      "shop",
      'resource "aws_iam_account_password_policy" "all" {\n  minimum_password_length = var.n\n}',
    );
    expect(result("1.7", shop).state).toBe("unknown");
  });

  it("looks at what a trail records of objects", () => {
    const selector = (type: string) =>
      trail(`event_selector {
  read_write_type = "${type}"
  data_resource {
    type   = "AWS::S3::Object"
    values = ["arn:aws:s3"]
  }
}`);
    const both = (hcl: string) => ["3.8", "3.9"].map((id) => result(id, workspace("base", hcl)).state);
    expect(both(trail())).toEqual(["fail", "fail"]);
    expect(both(selector("WriteOnly"))).toEqual(["pass", "fail"]);
    expect(both(selector("All"))).toEqual(["pass", "pass"]);
    expect(
      both(
        trail(`advanced_event_selector {
  field_selector {
    field  = "eventCategory"
    equals = ["Data"]
  }
  field_selector {
    field  = "resources.type"
    equals = ["AWS::S3::Object"]
  }
  field_selector {
    field  = "readOnly"
    equals = ["true"]
  }
}`),
      ),
    ).toEqual(["fail", "pass"]);
  });

  it("follows an alarm from its filter, within one workspace and over several", () => {
    const filter = `resource "aws_cloudwatch_log_metric_filter" "root" {
  name           = "root"
  log_group_name = "trail"
  pattern        = "{ $.userIdentity.type = \\"Root\\" && $.eventType != \\"AwsServiceEvent\\" }"
  metric_transformation {
    name      = "root-use"
    namespace = "security"
    value     = "1"
  }
}`;
    const alarm = (actions: string) => `resource "aws_cloudwatch_metric_alarm" "root" {
  alarm_name    = "root"
  metric_name   = "root-use"
  namespace     = "security"
  alarm_actions = ${actions}
}`;
    const topic = '["arn:aws:sns:eu-west-1:111122223333:security"]';
    expect(result("4.3", workspace("base", filter)).state).toBe("fail");
    expect(result("4.3", workspace("base", `${filter}\n${alarm("[]")}`)).state).toBe("fail");
    expect(result("4.3", workspace("base", `${filter}\n${alarm(topic)}`)).state).toBe("pass");
    expect(result("4.3", workspace("base", filter), workspace("alarms", alarm(topic))).state).toBe("pass");
  });

  it("does not take a filter of longer words for one of shorter ones", () => {
    const filter = (pattern: string) => `resource "aws_cloudwatch_log_metric_filter" "routes" {
  name    = "routes"
  pattern = "${pattern}"
  metric_transformation {
    name = "routes"
  }
}
resource "aws_cloudwatch_metric_alarm" "routes" {
  metric_name   = "routes"
  alarm_actions = ["arn:aws:sns:eu-west-1:111122223333:security"]
}`;
    const words =
      "CreateRouteTable ReplaceRoute ReplaceRouteTableAssociation DeleteRouteTable DeleteRoute DisassociateRouteTable";
    expect(result("4.13", workspace("base", filter(words))).state).toBe("fail");
    expect(result("4.13", workspace("base", filter(`${words} CreateRoute`))).state).toBe("pass");
  });
});

describe("a control that code cannot show", () => {
  it("says so", () => {
    expect(result("1.4", database(false))).toMatchObject({ state: "not-in-code", evidence: [] });
  });
});

describe("references in code", () => {
  it("mean the workspace in which they stand", () => {
    const block = `resource "aws_s3_bucket_public_access_block" "a" {
  bucket                  = aws_s3_bucket.a.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}`;
    const bucket = 'resource "aws_s3_bucket" "a" {}';
    const closed = workspace("one", `${bucket}\n${block}`);
    const open = workspace("two", bucket);
    expect(result("2.1.4", closed).state).toBe("pass");
    expect(result("2.1.4", closed, open).evidence).toEqual([
      { workspace: "two", address: "aws_s3_bucket.a", rule: "aws-s3-public-access-block-missing", state: "fail" },
    ]);
  });
});
