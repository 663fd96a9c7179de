import type { Finding, PullRequest } from "@plumbline/contract";
import { expect, test } from "vitest";
import { approvePullRequest } from "../pull-requests/approving/approve-pull-request.ts";
import { listComments } from "../pull-requests/comments/comments.ts";
import { mergePullRequest } from "../pull-requests/merging/merge-pull-request.ts";
import { readReplay } from "../pull-requests/replays/read-replay.ts";
import { refreshPullRequest } from "../pull-requests/telling/refresh-pull-request.ts";
import { replayPolicies } from "../pull-requests/replays/replay-policies.ts";
import { componentFiles, forgeFixture, seedFiles } from "../pull-requests/testing/forge-fixture.ts";
import { findRuns, runById } from "../runs/run-queries.ts";

const fixture = await forgeFixture();
const { context, dev, owner, owner2, platform, organizationId } = fixture;

const finding = (rule: string, severity: Finding["severity"], more: Partial<Finding> = {}): Finding => ({
  fingerprint: rule,
  rule,
  severity,
  category: "network",
  title: `Found by ${rule}`,
  why: "It harms.",
  fix: "Mend it.",
  outcome: "fail",
  address: "lab_database.main",
  attribute: "public",
  place: { file: "components/database/main.tf", line: 2 },
  chain: [],
  source: "plumbline",
  controls: [],
  ...more,
});

async function idOf(number: number): Promise<string> {
  const [row] = await fixture.database.sql<{ id: string }>(
    "select pull_request_id as id from pull_requests where number = $1",
    [number],
  );
  return row?.id ?? "";
}

async function propose(subject: string, files: Record<string, string>): Promise<number> {
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit(subject, files);
  return (await clone.push("refs/for/main", "ticket=OPS-1")).number;
}

const digestsOf = ({ affected }: PullRequest) =>
  affected.flatMap(({ workspace, digest }) => (digest === null ? [] : [{ workspace, digest }]));

/** Ends every queued replay as its runner would have. */
async function judge(findingsOf: (workspace: string) => Finding[], failures: object[] = []): Promise<string[]> {
  const { db } = context;
  const queued = await db.transaction(organizationId, (tx) => findRuns(tx, { kind: "replay", status: ["queued"] }));
  for (const run of queued) {
    await fixture.database.sql(
      `update runs set status = 'finished', plan_epoch = epoch, findings = $2, judgement_failures = $3,
         finished_at = now() where run_id = $1`,
      [run.id, JSON.stringify(findingsOf(run.workspace.name)), JSON.stringify(failures)],
    );
    await db.transaction(organizationId, async (tx) => {
      const ended = await runById(tx, run.id);
      for (const one of fixture.runs.listeners) await one.runsChanged(tx, [ended]);
    });
  }
  return queued.map(({ workspace }) => workspace.name).toSorted();
}

const old = finding("old-rule", "high");
const medium = finding("medium-rule", "medium");

test("what is applied, and what is only proposed", async () => {
  const seed = await fixture.clone(platform);
  await seed.commit("Rules", seedFiles);
  await seed.push("refs/heads/main");
  const first = await propose("Everything", componentFiles);
  await fixture.plan((workspace) => ({ findings: workspace === "database/dev" ? [medium] : [] }));
  for (const actor of [owner, owner2])
    await approvePullRequest(context, actor, first, {
      meaning: "yes",
      digests: digestsOf(await fixture.show(first, actor)),
    });
  await mergePullRequest(context, dev, first);
  const digests = new Map(digestsOf(await fixture.show(first)).map(({ workspace, digest }) => [workspace, digest]));
  await fixture.apply(
    (workspace) => digests.get(workspace) ?? "",
    () => undefined,
    (workspace) => (workspace === "database/dev" ? [old, medium] : []),
  );
  // An open change of database/prod that a finding blocks.
  await propose("Prod", { "environments/prod/database.tfvars": "size = 9 # why: customers\n" });
  const planned = await fixture.plan((workspace) => ({ findings: workspace === "database/prod" ? [old] : [] }));
  expect(planned).toEqual(["database/prod"]);
});

test("a change of policies is replayed on every workspace's newest plan, before it may be merged", async () => {
  const number = await propose("Be stricter", {
    "policies/plumbline-policy.yaml": "version: 1\nblock: [medium]\nenvironments: { dev: { block: all } }\n",
  });
  expect(await fixture.queued("plan")).toEqual([]);
  await replayPolicies(context, organizationId, await idOf(number));
  expect((await readReplay(context, dev, number)).state).toBe("running");
  expect((await fixture.show(number)).gate.find(({ id }) => id === "replay")).toMatchObject({ met: false });

  const brought = finding("new-rule", "critical");
  const judged = await judge((workspace) => (workspace === "database/dev" ? [old, medium, brought] : []));
  expect(judged).toEqual(["database/dev", "database/prod", "network/dev", "network/prod"]);
  const replay = await readReplay(context, dev, number);
  expect(replay).toMatchObject({ state: "done" });
  expect(replay.findings.map(({ workspace, rule, change }) => `${workspace} ${rule} ${change}`).toSorted()).toEqual([
    "database/dev medium-rule blocks",
    "database/dev new-rule blocks",
    "database/dev old-rule blocks",
    "database/prod old-rule passes",
  ]);
  expect(replay.teams.map(({ owner: name, blocks, passes }) => [name, blocks, passes])).toEqual([
    ["@owner", 3, 1],
    ["@owner2", 3, 1],
    ["@platform", 3, 1],
  ]);
  expect(replay.workspaces.find(({ workspace }) => workspace === "database/prod")).toMatchObject({
    applied: false,
    blockingBefore: 1,
    blockingAfter: 0,
  });
  expect((await fixture.show(number)).gate.find(({ id }) => id === "replay")).toMatchObject({ met: true });
  await refreshPullRequest(context, organizationId, await idOf(number));
  const [summary] = await listComments(context, dev, number);
  expect(summary?.body).toContain("### What these policies would do");
  expect(summary?.body).toContain("3 newly blocking, 1 newly passing, 0 newly reported.");

  // The same policies again: nothing is judged twice.
  await replayPolicies(context, organizationId, await idOf(number));
  expect(await judge(() => [])).toEqual([]);
});

test("what newer rules find in applied code would be reported with a date; what cannot be judged is told", async () => {
  const number = await propose("Ask more", { "policies/more.rego": "package main\n" });
  await replayPolicies(context, organizationId, await idOf(number));
  const brought = finding("rego", "high", { source: "rego" });
  await judge((workspace) =>
    workspace === "network/dev" ? [brought] : workspace === "database/dev" ? [old, medium] : [],
  );
  const replay = await readReplay(context, dev, number);
  expect(replay.findings).toMatchObject([
    { workspace: "database/prod", change: "passes" },
    { workspace: "network/dev", rule: "rego", change: "reported", until: expect.stringMatching(/^\d{4}-/) },
  ]);

  const broken = await propose("Ask wrong", { "policies/wrong.rego": "package main\n\nx" });
  await replayPolicies(context, organizationId, await idOf(broken));
  await judge(() => [], [{ message: "wrong.rego does not compile" }]);
  const told = await readReplay(context, dev, broken);
  expect(told.workspaces.map(({ state, detail }) => [state, detail])).toContainEqual([
    "not_judged",
    "wrong.rego does not compile",
  ]);
});

test("a waiver is replayed on what was found before, without a runner", async () => {
  const expires = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const number = await propose("Except it", {
    "policies/waivers.yaml": `version: 1\nwaivers:\n  - { rule: old-rule, address: "*", environment: prod, reason: r, owner: "@owner", ticket: T-1, expires: ${expires} }\n`,
  });
  await replayPolicies(context, organizationId, await idOf(number));
  expect(await judge(() => [])).toEqual([]);
  const replay = await readReplay(context, dev, number);
  expect(replay.state).toBe("done");
  expect(replay.findings).toMatchObject([{ workspace: "database/prod", rule: "old-rule", change: "passes" }]);
});
