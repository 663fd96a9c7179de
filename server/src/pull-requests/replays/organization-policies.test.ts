import type { Finding, PullRequest } from "@plumbline/contract";
import { expect, test } from "vitest";
import { systemActor } from "../../access/actor.ts";
import { readAudit } from "../../audit/read-audit.ts";
import { gateRules, policyFor } from "../../findings/gate-rules.ts";
import type { Tx } from "../../platform/database/pools.ts";
import { createRepository } from "../../repositories/create-repository.ts";
import { readRules } from "../../repositories/policy-repository.ts";
import { cancelRun } from "../../runs/cancel-run.ts";
import { checkInputOf } from "../../runs/runner-calls/check-input.ts";
import { findRuns, runById } from "../../runs/run-queries.ts";
import type { RunRecord } from "../../runs/run-queries.ts";
import { approvePullRequest } from "../approving/approve-pull-request.ts";
import { closePullRequest } from "../close-pull-request.ts";
import { mergePullRequest } from "../merging/merge-pull-request.ts";
import { storeState } from "../testing/store-state.ts";
import { componentFiles, forgeFixture, seedFiles } from "../testing/forge-fixture.ts";
import { getPolicyRepository, setPolicyRepository } from "./name-policy-repository.ts";
import { readReplay } from "./read-replay.ts";
import { replayPolicies } from "./replay-policies.ts";

const fixture = await forgeFixture();
const { context, dev, owner, owner2, platform, organizationId, repositoryId } = fixture;
const { repositoryId: policiesId } = await createRepository(context, platform, "rules");

const rego = { path: "policies/tags.rego", text: 'package tags\ndeny contains "no tags" if false\n' };
/** What a repository needs that has policies and nothing to apply. */
const empty = `version: 1
layers: [none]
components: {}
environments: []
engine: { name: terraform, version: ">= 1.6" }
`;
const policy = `version: 1
rules: { lab-database-public: critical }
parameters: { allowed_regions: [eu-central-1] }
waivers: { max_days: 30 }
`;

async function pushPolicies(
  files: Record<string, string>,
  ref: "refs/heads/main" | "refs/for/main" | "refs/for/main/tidy",
) {
  const clone = await fixture.clone(ref === "refs/heads/main" ? platform : dev, "rules");
  if (ref !== "refs/heads/main") await clone.sync();
  await clone.commit(`Policies ${Object.keys(files).join()}`, files);
  return clone.push(ref);
}

async function propose(files: Record<string, string>) {
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit(`Change ${Object.keys(files).join()}`, files);
  return clone.push("refs/for/main", "ticket=OPS-1");
}

const shopRules = async () => gateRules(await readRules(context, { organizationId, repositoryId }));
const dev1 = { environment: "dev", layer: "application" };

function inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return context.db.transaction(organizationId, work);
}

async function refused(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: { code?: string }) => error.code,
  );
}

async function problemsOf(number: number) {
  return (await fixture.show(number)).patchSets[0]?.problems ?? [];
}

const digestsOf = ({ affected }: PullRequest) =>
  affected.flatMap(({ workspace, digest }) => (digest === null ? [] : [{ workspace, digest }]));

async function checkInputs() {
  const runs = await inTransaction((tx) => findRuns(tx, { kind: "plan", status: ["queued"] }));
  const [first] = runs;
  if (first === undefined) throw new Error("no plan is queued");
  return checkInputOf(fixture.runs, first);
}

test("only an administrator names the repository; it is on record", async () => {
  const seed = await fixture.clone(platform);
  await seed.commit("Rules", {
    ...seedFiles,
    "policies/plumbline-policy.yaml":
      "version: 1\nrules: { lab-database-public: off }\nparameters: { required_tags: [owner] }\n",
  });
  expect((await seed.push("refs/heads/main")).code).toBe(0);
  const before = await shopRules();
  expect(policyFor(before, dev1).rules["lab-database-public"]?.enabled).toBe(false);

  expect(await refused(setPolicyRepository(context, dev, "rules"))).toBe("not_allowed");
  expect(await refused(setPolicyRepository(context, platform, "nothing"))).toBe("not_found");
  expect(await setPolicyRepository(context, platform, "rules")).toEqual({
    repository: "rules",
    policies: 0,
    problems: [],
  });
  expect((await shopRules()).digest).toBe(before.digest);
  const { entries } = await readAudit(context.db, platform, {}, { limit: 1 });
  expect(entries[0]?.canonical).toContain('"action":"organization.policy_repository_named"');
});

test("its policies judge another repository, which cannot weaken them", async () => {
  const before = await shopRules();
  const files = {
    "plumbline.yaml": empty,
    "policies/plumbline-policy.yaml": policy,
    [rego.path]: rego.text,
    CODEOWNERS: "* @owner\n",
  };
  expect((await pushPolicies(files, "refs/heads/main")).said).toContain("main is set");
  expect(await getPolicyRepository(context, dev)).toEqual({ repository: "rules", policies: 1, problems: [] });
  const rules = await shopRules();
  expect(policyFor(rules, dev1)).toMatchObject({
    rules: { "lab-database-public": { enabled: true, severity: "critical" } },
    parameters: { allowed_regions: ["eu-central-1"], required_tags: ["owner"] },
  });
  // What it finds in code that nobody touched was there before.
  expect(rules.digest).not.toBe(before.digest);

  const { number } = await propose(componentFiles);
  expect(await checkInputs()).toMatchObject({
    policyConfiguration: expect.stringContaining("required_tags"),
    rego: [],
    organization: { repository: "rules", policyConfiguration: policy, rego: [rego] },
  });
  await fixture.plan();
  for (const actor of [owner, owner2])
    await approvePullRequest(context, actor, number, {
      meaning: "yes",
      digests: digestsOf(await fixture.show(number, actor)),
    });
  await mergePullRequest(context, dev, number);
  // It judges itself once.
  expect((await readRules(context, { organizationId, repositoryId: policiesId })).organization).toBeNull();
});

test("a waiver may last no longer than the organization lets it", async () => {
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const waiver = (expires: string) =>
    `version: 1\nwaivers:\n  - { rule: lab-x, address: "*", environment: dev, reason: r, owner: "@owner", ticket: T-1, expires: ${expires} }\n`;
  const long = await propose({ "policies/waivers.yaml": waiver(inDays(60)) });
  expect((await problemsOf(long.number))[0]?.message).toContain("at most 30 days");
  const short = await propose({ "policies/waivers.yaml": waiver(inDays(20)) });
  expect(await problemsOf(short.number)).toEqual([]);
});

const finding: Finding = {
  fingerprint: "f",
  rule: "rego:tags.deny",
  severity: "high",
  category: "rego",
  title: "no tags",
  why: "w",
  fix: "f",
  outcome: "fail",
  chain: [],
  source: "rego",
  controls: [],
};

test("a change of it is replayed on the plans of every repository", async () => {
  const pushed = await pushPolicies({ [rego.path]: rego.text.replace("false", "true") }, "refs/for/main");
  const { number } = pushed;
  const [row] = await fixture.database.sql<{ id: string }>(
    "select pull_request_id as id from pull_requests where number = $1",
    [number],
  );
  await replayPolicies(context, organizationId, row?.id ?? "");
  const queued = await inTransaction((tx) => findRuns(tx, { kind: "replay", status: ["queued"] }));
  expect(queued.map(({ workspace }) => workspace.name).toSorted()).toEqual([
    "database/dev",
    "database/prod",
    "network/dev",
    "network/prod",
  ]);
  const [first] = queued;
  if (first === undefined) throw new Error("nothing is replayed");
  expect((await checkInputOf(fixture.runs, first)).organization).toMatchObject({
    repository: "rules",
    rego: [{ path: rego.path, text: expect.stringContaining("if true") }],
    regoTests: [],
  });
  expect(await readReplay(context, dev, number)).toMatchObject({ state: "running" });
  const gateOf = async () =>
    Object.fromEntries((await fixture.show(number)).gate.map(({ id, met, detail }) => [id, { met, detail }]));
  expect(await gateOf()).toMatchObject({ replay: { met: false, detail: expect.stringContaining("4 of the newest") } });

  // What somebody stopped is not known to do no harm.
  await cancelRun(fixture.runs, systemActor(organizationId, "acme"), first.number);
  for (const run of queued.slice(1)) await judged(run, []);
  expect(await gateOf()).toMatchObject({
    replay: { met: true },
    policies: { met: false, detail: expect.stringContaining("could not be judged") },
  });
  expect((await readReplay(context, dev, number)).workspaces).toContainEqual(
    expect.objectContaining({ state: "not_judged", detail: expect.stringContaining("Stopped by") }),
  );
  await replayPolicies(context, organizationId, row?.id ?? "");
  const again = await inTransaction((tx) => findRuns(tx, { kind: "replay", status: ["queued"] }));
  expect(again.map(({ workspace }) => workspace.name)).toEqual([first.workspace.name]);
  for (const run of again) await judged(run, [finding]);
  expect(await gateOf()).toMatchObject({ replay: { met: true }, policies: { met: true } });

  const replay = await readReplay(context, dev, number);
  expect(replay).toMatchObject({ state: "done" });
  expect(replay.findings).toMatchObject([
    { workspace: `shop: ${first.workspace.name}`, rule: "rego:tags.deny", change: "blocks" },
  ]);
});

test("a workspace with resources and no plan is named, and its policies are not merged unseen", async () => {
  const pushed = await pushPolicies({ [rego.path]: `${rego.text}# tidied\n` }, "refs/for/main/tidy");
  const [plan] = await inTransaction((tx) => findRuns(tx, { kind: "plan", status: ["finished"] }));
  if (plan === undefined) throw new Error("nothing was planned");
  await storeState(fixture, plan, {});
  const planned = (epoch: string) =>
    fixture.database.sql(`update runs set plan_epoch = ${epoch} where workspace_id = $1 and kind <> 'replay'`, [
      plan.workspace.id,
    ]);
  await planned("null");
  const name = `shop: ${plan.workspace.name}`;
  const { gate } = await fixture.show(pushed.number);
  expect(gate.find(({ id }) => id === "policies")).toMatchObject({ met: false, detail: expect.stringContaining(name) });
  expect(gate.find(({ id }) => id === "replay")).toMatchObject({ met: false });
  expect((await readReplay(context, dev, pushed.number)).workspaces).toContainEqual(
    expect.objectContaining({ workspace: name, run: null, state: "not_judged" }),
  );
  await planned("epoch");
  expect((await fixture.show(pushed.number)).gate.find(({ id }) => id === "policies")).toMatchObject({ met: true });
  await closePullRequest(context, dev, pushed.number);
});

test("what is planned after a replay was begun is replayed, too", async () => {
  const pushed = await pushPolicies({ [rego.path]: `${rego.text}# tidied again\n` }, "refs/for/main/tidy");
  const replays = () =>
    fixture.database.sql<{ key: string }>("select key from graphile_worker.jobs where key like 'replay:%'", []);
  await fixture.database.sql("delete from graphile_worker._private_jobs", []);
  await propose({ "components/network/main.tf": 'output "id" {\n  value = "n3"\n}\n' });
  expect(await replays()).toEqual([]);
  await fixture.plan();
  const [row] = await fixture.database.sql<{ id: string }>(
    "select pull_request_id as id from pull_requests where number = $1",
    [pushed.number],
  );
  expect(await replays()).toContainEqual({ key: `replay:${row?.id}` });
  await closePullRequest(context, dev, pushed.number);
});

/** Ends a replay as its runner would have. */
async function judged(run: RunRecord, findings: Finding[]): Promise<void> {
  await fixture.database.sql(
    "update runs set status = 'finished', plan_epoch = epoch, findings = $2, judgement_failures = '[]', finished_at = now() where run_id = $1",
    [run.id, JSON.stringify(findings)],
  );
  await inTransaction(async (tx) => {
    const ended = await runById(tx, run.id);
    for (const one of fixture.runs.listeners) await one.runsChanged(tx, [ended]);
  });
}

/** How many pull requests are to be judged again. */
async function rejudged(): Promise<number> {
  const [tasks] = await fixture.database.sql<{ count: number }>(
    "select count(*)::int as count from graphile_worker.jobs where task_identifier = 'pull-requests.rebase'",
    [],
  );
  return tasks?.count ?? 0;
}

test("its owners approve and merge it; open pull requests elsewhere are judged again", async () => {
  const waiting = await propose({ "components/network/main.tf": 'output "id" {\n  value = "n2"\n}\n' });
  await fixture.plan();
  for (const actor of [owner, owner2])
    await approvePullRequest(context, actor, waiting.number, {
      meaning: "yes",
      digests: digestsOf(await fixture.show(waiting.number, actor)),
    });
  await fixture.database.sql("delete from graphile_worker._private_jobs", []);
  const [open] = await fixture.database.sql<{ number: string }>(
    "select number from pull_requests where repository_id = $1 and status = 'open'",
    [policiesId],
  );
  const number = Number(open?.number);
  const before = (await shopRules()).digest;
  await approvePullRequest(context, owner, number, { meaning: "yes", digests: [] });
  await mergePullRequest(context, dev, number);
  expect((await shopRules()).digest).not.toBe(before);
  // The one about waivers, and the one that waits.
  expect(await rejudged()).toBe(2);

  // Nobody has judged it by the newer policies yet: it is not merged by what older ones said.
  const condition = (await fixture.show(waiting.number)).gate.find(({ id }) => id === "fresh");
  expect(condition).toMatchObject({ met: false, detail: expect.stringContaining("The policies have changed since") });
  expect(await refused(mergePullRequest(context, dev, waiting.number))).toBe("merge_refused");
  expect((await fixture.plan()).toSorted()).toContain("network/dev");
  await mergePullRequest(context, dev, waiting.number);
});

test("a broken policy file of the organization is never a pass, and is told by name", async () => {
  const commit = await fixture.database.sql<{ head: string }>(
    "select head_commit as head from repositories where repository_id = $1",
    [policiesId],
  );
  expect((await shopRules()).broken).toBe(false);
  const pushed = await pushPolicies(
    { "policies/plumbline-policy.yaml": "version: 1\nblock: [worst]\n" },
    "refs/for/main",
  );
  // As if it had got in: the gate of its own pull request does not let it.
  expect((await problemsOf(pushed.number))[0]?.message).toContain("worst");
  const [proposed] = await fixture.database.sql<{ commit: string }>(
    "select trial_commit as commit from patch_sets join pull_requests using (organization_id, pull_request_id) where pull_requests.number = $1",
    [pushed.number],
  );
  await fixture.database.sql("update repositories set head_commit = $2 where repository_id = $1", [
    policiesId,
    proposed?.commit,
  ]);
  expect((await shopRules()).broken).toBe(true);
  expect((await getPolicyRepository(context, dev)).problems).toMatchObject([
    { file: "rules:policies/plumbline-policy.yaml", line: 2 },
  ]);
  await setPolicyRepository(context, platform, null);
  expect(await refused(setPolicyRepository(context, platform, "rules"))).toBe("configuration_wrong");
  await fixture.database.sql("update repositories set head_commit = $2 where repository_id = $1", [
    policiesId,
    commit[0]?.head,
  ]);
});

test("no repository has policies for the organization any more", async () => {
  await setPolicyRepository(context, platform, "rules");
  expect((await shopRules()).configuration.organization).toBeDefined();
  await setPolicyRepository(context, platform, null);
  expect(await getPolicyRepository(context, dev)).toEqual({ repository: null, policies: 0, problems: [] });
  expect((await shopRules()).configuration.organization).toBeUndefined();
});
