import type { Finding } from "@plumbline/contract";
import { parsePlan } from "@plumbline/engine/plans/plan";
import { defaultPolicyConfiguration } from "@plumbline/policy/configuration/policy-configuration";
import { expect, test } from "vitest";
import { seenBefore } from "./seen-before.ts";
import type { SeenInput } from "./seen-before.ts";

const known = {
  fingerprint: "known",
  rule: "lab-bucket-public",
  address: "lab_bucket.old",
  attribute: "public",
  firstSeenAt: new Date("2026-10-01T00:00:00Z"),
  dueAt: new Date("2026-12-30T00:00:00Z"),
};
const finding = (more: Partial<Finding>): Finding => ({
  fingerprint: "another",
  rule: "lab-bucket-public",
  severity: "critical",
  category: "network",
  title: "t",
  why: "w",
  fix: "f",
  outcome: "fail",
  address: "lab_bucket.press",
  attribute: "public",
  chain: [],
  source: "plumbline",
  controls: [],
  ...more,
});
const resource = (change: object, more: object = {}) => ({
  address: "lab_bucket.press",
  mode: "managed",
  type: "lab_bucket",
  name: "press",
  provider_name: "lab",
  change: { actions: ["no-op"], before: {}, after: {}, ...change },
  ...more,
});
/** What a plan knows of the state it was made over. */
const state = (values: object) => ({
  values: {
    root_module: {
      resources: [
        {
          address: "lab_bucket.press",
          mode: "managed",
          type: "lab_bucket",
          name: "press",
          provider_name: "lab",
          values,
        },
      ],
    },
  },
});

async function seen(one: Finding, more: Partial<SeenInput> & { plan?: object } = {}) {
  const { plan = {}, ...rest } = more;
  const json = Buffer.from(JSON.stringify({ format_version: "1.2", resource_changes: [], ...plan }));
  const found = await seenBefore({
    known: [known],
    applied: {},
    isOtherPolicies: false,
    failed: [one],
    severe: [one],
    touched: new Set(),
    changes: new Map(parsePlan(json).resourceChanges.map((change) => [change.address, change])),
    json,
    configuration: defaultPolicyConfiguration,
    workspace: { environment: "dev", layer: "platform" },
    ...rest,
  });
  return found.get(one);
}

test("what an applied plan had is on record, under its former address where the resource is moved", async () => {
  const dates = { firstSeenAt: known.firstSeenAt, dueAt: known.dueAt, applied: true };
  expect(await seen(finding({ fingerprint: "known" }))).toEqual(dates);
  const moved = { resource_changes: [resource({}, { previous_address: "lab_bucket.old" })] };
  expect(await seen(finding({}), { plan: moved })).toEqual(dates);
  expect(await seen(finding({ rule: "another-rule" }), { plan: moved })).toBeUndefined();
});

test("a rule newer than the last apply finds old things in the recorded state, but not what the change brings", async () => {
  const [one] = await bucketFindings();
  const old = { firstSeenAt: null, dueAt: null, applied: true };
  const bad = { prior_state: state({ name: "press", public: true, encrypted: true }) };
  expect(await seen(one, { plan: bad })).toEqual(old);
  expect(
    await seen(one, { plan: { prior_state: state({ name: "press", public: false, encrypted: true }) } }),
  ).toBeUndefined();
  expect(await seen(one, { plan: bad, touched: new Set([one]) })).toBeUndefined();
  // A severity that does not block is not worth a closer look.
  expect(await seen(one, { plan: bad, severe: [] })).toBeUndefined();
});

test("what an import takes in as it is was there before, and is on record only once it is applied", async () => {
  const plan = { resource_changes: [resource({ importing: { id: "press" } })] };
  expect(await seen(finding({}), { plan })).toEqual({ firstSeenAt: null, dueAt: null, applied: false });
  const changing = { resource_changes: [resource({ actions: ["update"], importing: { id: "press" } })] };
  expect(await seen(finding({}), { plan: changing })).toBeUndefined();
});

test("of Rego and other scanners it is old where other policies are in force and nothing happens to the resource", async () => {
  const rego = finding({ source: "rego", rule: "rego" });
  const plan = { resource_changes: [resource({})] };
  expect(await seen(rego, { plan })).toBeUndefined();
  expect(await seen(rego, { plan, isOtherPolicies: true })).toMatchObject({ applied: true });
  const updated = { resource_changes: [resource({ actions: ["update"] })] };
  expect(await seen(rego, { plan: updated, isOtherPolicies: true })).toBeUndefined();
  expect(await seen(rego, { plan, isOtherPolicies: true, applied: undefined })).toBeUndefined();
});

test("a finding on a line is old where the line was applied and nobody changed it", async () => {
  const { address: _, ...rest } = finding({ rule: "secret", place: { file: "main.tf", line: 3 } });
  expect(await seen(rest)).toMatchObject({ applied: true });
  expect(await seen(rest, { applied: undefined })).toBeUndefined();
  expect(await seen(rest, { touched: new Set([rest]) })).toBeUndefined();
});

/** What the rule itself says of the bucket, so that the fingerprint is the real one. */
async function bucketFindings(): Promise<[Finding, ...Finding[]]> {
  const { judgePlan } = await import("@plumbline/policy/judging/judge-plan");
  const { findings } = await judgePlan({
    planJson: {
      format_version: "1.2",
      planned_values: state({ name: "press", public: true, encrypted: true }).values,
      resource_changes: [resource({ after: { name: "press", public: true, encrypted: true }, after_unknown: {} })],
    },
    files: new Map(),
    componentPath: "components/shop",
    environment: "dev",
    layer: "platform",
    environments: ["dev"],
    policyConfiguration: defaultPolicyConfiguration,
  });
  const [one, ...others] = findings.filter(({ rule }) => rule === "lab-bucket-public");
  if (one === undefined) throw new Error(`the bucket was not found public: ${JSON.stringify(findings)}`);
  return [one, ...others];
}
