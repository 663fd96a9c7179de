import type { Finding } from "@plumbline/contract/findings";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../resources/json.ts";
import type { Resource } from "../resources/resource.ts";
import { catalogue as rules } from "../rules/catalogue.ts";
import { controlCatalogues } from "./all-catalogues.ts";
import { extractApplied, rulesThatReadResources } from "./applied-extract.ts";
import { environmentReport } from "./environment-report.ts";
import type { AppliedWorkspace } from "./environment-report.ts";

function resource(address: string, values: Record<string, Json>): Resource {
  const [type = "", name = ""] = address.split(".");
  return { address, moduleAddress: "", type, name, provider: "aws", values, unknown: {} };
}
const open = (port: number, block: string) => ({
  ingress: [{ from_port: port, to_port: port, protocol: "tcp", cidr_blocks: [block], ipv6_cidr_blocks: [] }],
});
const filter = (pattern: string, metric: string) => ({
  pattern,
  log_group_name: "trail",
  metric_transformation: [{ name: metric, namespace: "CIS", value: "1" }],
});

/** Things that rules look at, that have to exist, and that belong together over workspaces; in either of two accounts. */
const things = ["111111111111", "222222222222"].flatMap((account) => {
  const arn = (what: string) => `arn:aws:service:eu-west-1:${account}:${what}`;
  return [
    resource("aws_db_instance.a", { arn: arn("db:a"), storage_encrypted: true }),
    resource("aws_s3_bucket.b", { bucket: "b" }),
    resource("aws_security_group.ssh", { arn: arn("sg/ssh"), ...open(22, "0.0.0.0/0") }),
    resource("aws_security_group.smb", { arn: arn("sg/smb"), ...open(445, "0.0.0.0/0") }),
    resource("aws_cloudtrail.main", {
      arn: arn("trail"),
      name: "main",
      is_multi_region_trail: true,
      event_selector: [
        { read_write_type: "All", data_resource: [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }] },
      ],
    }),
    resource("aws_cloudwatch_log_metric_filter.root", {
      id: "root",
      ...filter(
        '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
        "root",
      ),
    }),
    resource("aws_cloudwatch_metric_alarm.root", {
      arn: arn("alarm:root"),
      metric_name: "root",
      namespace: "CIS",
      alarm_actions: [arn("topic")],
    }),
    resource("aws_iam_account_password_policy.strict", { minimum_password_length: 14, password_reuse_prevention: 24 }),
    resource("aws_securityhub_account.this", { arn: arn("hub") }),
    resource("azurerm_storage_account.a", {
      id: `/subscriptions/0f8fad5b-d9cb-469f-a165-7086772895${account.slice(0, 2)}/a`,
    }),
    resource("google_compute_firewall.ssh", { project: `project-${account}`, source_ranges: ["0.0.0.0/0"] }),
    resource("random_id.of_no_interest", { id: "x" }),
  ];
});

/** A finding of some rule that looks at it. */
function findingAbout({ type, address }: Resource, pick: number): Finding[] {
  const own = rules.filter(({ resourceTypes }) => resourceTypes.includes(type));
  const rule = own[pick % Math.max(1, own.length)]?.id;
  if (rule === undefined) return [];
  const rest = { category: "c", title: "t", why: "w", fix: "f", chain: [], source: "plumbline" as const, controls: [] };
  return [{ ...rest, fingerprint: `${rule} ${address}`, rule, severity: "high", outcome: "fail", address }];
}

const placed = fc.array(
  fc.record({
    thing: fc.constantFrom(...things),
    workspace: fc.constantFrom("a/dev", "b/dev", "a/prod", "logs/shared"),
    finding: fc.option(fc.nat(200)),
  }),
  { maxLength: 20 },
);

test("every control stands the same on extracts as on whole states", () => {
  const read = new Set<string>();
  fc.assert(
    fc.property(placed, (all) => {
      const whole = [...Map.groupBy(all, ({ workspace }) => workspace)].map(([name, own]): AppliedWorkspace => {
        const resources = [...new Map(own.map(({ thing }) => [thing.address, thing])).values()];
        const findings = own.flatMap(({ thing, finding }) => (finding === null ? [] : findingAbout(thing, finding)));
        const environment = name.split("/")[1] ?? "";
        return { ...extractApplied(resources, new Set()), name, environment, resources, findings, waived: new Set() };
      });
      const extracts = whole.map((one) => {
        const about = one.findings.filter(({ rule }) => rulesThatReadResources.has(rule));
        for (const { rule } of about) read.add(rule);
        return { ...one, ...extractApplied(one.resources, new Set(about.map(({ address = "" }) => address))) };
      });
      for (const { controls, cloud } of controlCatalogues)
        for (const environment of ["dev", "prod", "shared"]) {
          const judge = (workspaces: readonly AppliedWorkspace[]) =>
            environmentReport(
              controls.map(({ control }) => control),
              cloud,
              environment,
              workspaces,
              rules,
            );
          expect(judge(extracts)).toEqual(judge(whole));
        }
    }),
    { numRuns: 60 },
  );
  expect(read.size).toBeGreaterThan(0);
});

test("of what no other workspace and no finding asks for only a number is left", () => {
  const found = (type: string) => things.filter((thing) => thing.type === type).map(({ address }) => address);
  const { accounts, types, resources } = extractApplied(things.slice(0, 12), new Set(["aws_security_group.smb"]));
  expect(accounts).toMatchObject({ aws: "111111111111", google: "project-111111111111" });
  expect(types).toMatchObject({ aws_db_instance: 1, aws_s3_bucket: 1, aws_security_group: 2, aws_cloudtrail: 1 });
  expect(types).not.toHaveProperty("random_id");
  const kept = resources.map(({ address }) => address);
  expect(kept).toEqual(expect.arrayContaining(["aws_security_group.smb", "aws_cloudtrail.main"]));
  expect(kept).not.toContain("aws_security_group.ssh");
  expect(kept).not.toEqual(expect.arrayContaining(found("aws_s3_bucket")));
});
