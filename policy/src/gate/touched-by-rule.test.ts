import { expect, test } from "vitest";
import { judgeResources } from "../judging/judge-resources.ts";
import { effectivePolicy } from "../configuration/effective-policy.ts";
import { defaultPolicyConfiguration } from "../configuration/policy-configuration.ts";
import { resourcesOfPlan } from "../resources/from-plan.ts";
import { rulesFor } from "../rules/load-rules.ts";
import { touchedByRule } from "./touched-by-rule.ts";
import { changesByAddress, touchedByPlan } from "./touched.ts";

const resource = (address: string, after: object, before: object = after) => {
  const [type = "", name = ""] = address.split(".");
  const actions = before === after ? ["no-op"] : ["update"];
  const provider_name = "registry.terraform.io/hashicorp/aws";
  return { address, mode: "managed", type, name, provider_name, change: { actions, before, after, after_unknown: {} } };
};

async function judged(changes: ReturnType<typeof resource>[], rule: RegExp) {
  const plan = { format_version: "1.2", resource_changes: changes, configuration: { root_module: {} } };
  const resources = resourcesOfPlan(plan);
  const rules = await rulesFor(resources.map(({ type }) => type));
  const policy = effectivePolicy(defaultPolicyConfiguration, "prod", "application");
  const found = judgeResources(resources, rules, policy).map(({ finding }) => finding);
  const finding = found.find(
    (one) => rule.test(one.rule) && one.outcome === "fail" && one.address === changes[0]?.address,
  );
  if (finding === undefined) throw new Error(`not found among ${found.map((one) => one.rule).join(", ")}`);
  const planned = changesByAddress(
    changes.map(({ address, change }) => ({ address, change: { ...change, afterUnknown: change.after_unknown } })),
  );
  return [touchedByPlan(finding, planned), (await touchedByRule(plan, planned))(finding)];
}

test("a port beside an open network is part of what the rule looked at, a description is not", async () => {
  const open = { type: "ingress", protocol: "tcp", cidr_blocks: ["0.0.0.0/0"], from_port: 5432, to_port: 5432 };
  const wider = { ...open, from_port: 3306, to_port: 5432 };
  const address = "aws_security_group_rule.db";
  expect(await judged([resource(address, wider, open)], /database/)).toEqual([false, true]);
  expect(await judged([resource(address, { ...open, description: "db" }, open)], /database/)).toEqual([false, false]);
});

test("so is a resource that is joined with it", async () => {
  const bucket = resource("aws_s3_bucket.press", { bucket: "press", id: "press" });
  const versions = (of: string, status: string) => ({ bucket: of, versioning_configuration: [{ status }] });
  const own = (status: string) =>
    resource("aws_s3_bucket_versioning.press", versions("press", status), versions("press", "Suspended"));
  const other = resource("aws_s3_bucket_versioning.other", versions("other", "Disabled"), versions("other", "Enabled"));
  expect(await judged([bucket, own("Disabled")], /aws-s3-versioning-off/)).toEqual([false, true]);
  expect(await judged([bucket, other], /aws-s3-versioning-off/)).toEqual([false, false]);
});

test("an object that is only on its way out does not hide what happens to the one that stays", () => {
  const change = { actions: ["update"], before: { public: false }, after: { public: true }, afterUnknown: {} };
  const deposed = { actions: ["delete"], before: { public: false }, after: null, afterUnknown: {} };
  const changes = changesByAddress([
    { address: "a.b", change },
    { address: "a.b", deposed: "0f1e", change: deposed },
  ]);
  expect(touchedByPlan({ address: "a.b", attribute: "public" }, changes)).toBe(true);
});
