import type { PlanView, PullRequest } from "@plumbline/contract";
import { expect, test } from "vitest";
import type { Actor } from "../../access/actor.ts";
import { approvePullRequest } from "../approving/approve-pull-request.ts";
import { closePullRequest } from "../close-pull-request.ts";
import { mergePullRequest } from "../merging/merge-pull-request.ts";
import { openPullRequestWithoutCommits } from "../opening/open-pull-request.ts";
import { rebasePullRequest } from "../patch-sets/rebase-pull-request.ts";
import { takeOverOutputs } from "./take-over-outputs.ts";
import { componentFiles, forgeFixture, seedFiles } from "../testing/forge-fixture.ts";

const fixture = await forgeFixture();
const { context, dev, owner, owner2, platform, organizationId, repositoryId } = fixture;

const files = {
  ...componentFiles,
  "plumbline.yaml": (componentFiles["plumbline.yaml"] ?? "").replace(
    "depends_on: [network] }",
    "inputs: { vpc_id: network.id } }\n  cache: { path: components/cache, layer: shared, inputs: { net: network.id } }",
  ),
  "components/database/main.tf": 'variable "vpc_id" {}\n',
  "components/cache/main.tf": 'variable "net" {}\n',
  "environments/dev/database.tfvars": "",
  "environments/prod/database.tfvars": "",
};

async function approve(number: number, actor: Actor): Promise<PullRequest> {
  const shown = await fixture.show(number, actor);
  const digests = shown.affected.flatMap(({ workspace, digest }) => (digest === null ? [] : [{ workspace, digest }]));
  return approvePullRequest(context, actor, number, { meaning: "I have read these plans.", digests });
}

const takeOver = () => takeOverOutputs(context, { organizationId, repositoryId, environment: "dev" });
const open = () =>
  fixture.database.sql<{ number: number; title: string; workspaces: string[]; opened_by: string | null }>(
    "select number::int, title, workspaces, opened_by from pull_requests where status = 'open' order by number",
  );
/** Whatever was planned counts as approved: these tests are about what follows from applying it. */
const asPlanned = async (number: number) => {
  const { affected } = await fixture.show(number);
  const digests = new Map(affected.map((row) => [row.workspace, row.digest ?? ""]));
  return (workspace: string) => digests.get(workspace) ?? "";
};

const none = { add: 0, change: 0, replace: 0, destroy: 0, import: 0, move: 0, forget: 0, outside: 0 };
/** A plan that changes nothing. */
const nothing: PlanView = {
  version: 1,
  engineVersion: "1.11.4",
  counts: none,
  changes: false,
  complete: true,
  errored: false,
  resources: [],
  outputs: [],
  outside: [],
  hidden: { resources: 0, outputs: 0, outside: 0 },
};

/** Applies network/dev alone, as a revert of drift does, and leaves it with another id. */
async function revertDrift(id: string): Promise<void> {
  const { number } = await openPullRequestWithoutCommits(context, dev, {
    repositoryId,
    purpose: "revert",
    title: "Undo",
    description: "",
    workspaces: ["network/dev"],
  });
  await fixture.plan();
  await approve(number, owner);
  await mergePullRequest(context, dev, number);
  for (const { pull_request_id } of await fixture.database.sql<{ pull_request_id: string }>(
    "select pull_request_id from pull_requests where status = 'open'",
  ))
    await rebasePullRequest(context, organizationId, pull_request_id);
  expect(await fixture.apply(await asPlanned(number), () => ({ id }))).toEqual(["network/dev apply"]);
}

test("a rollout in which everything is applied leaves nothing to take over", async () => {
  const seeder = await fixture.clone(platform);
  await seeder.commit("Rules", seedFiles);
  await seeder.push("refs/heads/main");
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit("Add components", files);
  const { number } = await clone.push("refs/for/main", "ticket=OPS-1");
  await fixture.plan();
  await approve(number, owner);
  await approve(number, owner2);
  await mergePullRequest(context, dev, number);
  // The dependents could not be planned before: they are held, and released by an approval of what they are now.
  const held = (workspace: string) => `${workspace} real`;
  for (let again = true; again;) {
    const digestOf = await asPlanned(number);
    const done = await fixture.apply(
      (workspace) => (workspace.startsWith("network/") ? digestOf(workspace) : held(workspace)),
      (workspace) => (workspace.startsWith("network/") ? { id: "n1" } : {}),
    );
    again = done.length > 0;
    const shown = await fixture.show(number, owner);
    const digests = shown.affected
      .filter((row) => row.applyStatus === "held")
      .map((row) => ({ workspace: row.workspace, digest: row.digest ?? "" }));
    if (digests.length > 0)
      for (const actor of digests[0]?.workspace.endsWith("/prod") === true ? [owner, owner2] : [owner])
        await approvePullRequest(context, actor, number, { meaning: "yes", digests });
  }
  expect((await fixture.show(number)).state).toBe("applied");
  await takeOver();
  expect(await open()).toEqual([]);
});

test("outputs that another change alters open one system pull request, and plan open ones again", async () => {
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit("Tune the cache", { "components/cache/main.tf": 'variable "net" {}\nlocals {\n  a = 1\n}\n' });
  const mine = await clone.push("refs/for/main", "ticket=OPS-2");
  await fixture.plan();
  await revertDrift("n2");
  const stale = (await fixture.show(mine.number)).gate.find(({ kind }) => kind === "fresh");
  expect(stale).toMatchObject({ met: false });
  expect(stale?.detail).toContain("cache/dev");

  await takeOver();
  await takeOver();
  const [, system, ...more] = await open();
  expect(more).toEqual([]);
  expect(system).toMatchObject({
    title: "Take over new outputs of network/dev",
    workspaces: ["cache/dev", "database/dev"],
    opened_by: null,
  });
  expect((await fixture.plan()).toSorted()).toEqual(["cache/dev", "cache/dev", "database/dev"]);
  expect((await fixture.show(mine.number)).gate.find(({ kind }) => kind === "fresh")).toMatchObject({ met: true });
  const shown = await fixture.show(system?.number ?? 0, owner);
  expect(shown).toMatchObject({ purpose: "change", openedBy: null, state: "waits", waitsForMe: true });
  expect(shown.description).toContain("- `database/dev`: `id` of `network/dev`");
  expect(shown.description).not.toContain("n2");
  await closePullRequest(context, dev, mine.number);
});

test("another new value updates the same pull request and plans it again; the old approval counts no more", async () => {
  const [system] = await open();
  const number = system?.number ?? 0;
  await approve(number, owner);
  await revertDrift("n3");
  await takeOver();
  expect((await open()).map((one) => one.number)).toEqual([number]);
  expect((await fixture.show(number)).state).toBe("planning");
  await fixture.plan((workspace, run) => ({ digest: `${workspace} ${run.number}` }));
  expect((await fixture.show(number, owner)).approvals.every(({ voidAt }) => voidAt !== null)).toBe(true);
  await takeOver();
  expect(await fixture.queued("plan")).toEqual([]);
});

test("it is closed by itself once its plans show no change, and is not opened again for the same values", async () => {
  const [system] = await open();
  await fixture.database.sql(
    `update runs set plan_view = $2
     where pull_request_id = (select pull_request_id from pull_requests where number = $1) and status = 'finished'`,
    [system?.number ?? 0, JSON.stringify(nothing)],
  );
  await takeOver();
  expect(await fixture.show(system?.number ?? 0)).toMatchObject({ status: "closed" });
  await takeOver();
  expect(await open()).toEqual([]);
  const [entry] = await fixture.database.sql<{ actor_kind: string }>(
    "select actor_kind from audit_events where action = 'pull_request.closed' order by sequence desc limit 1",
  );
  expect(entry).toEqual({ actor_kind: "system" });
});

test("merging it applies the dependents, after which nothing is left; one that a person closed stays closed", async () => {
  await revertDrift("n4");
  await takeOver();
  const [system] = await open();
  const number = system?.number ?? 0;
  await fixture.plan();
  await approve(number, owner);
  await mergePullRequest(context, owner, number);
  await takeOver(); // its applies are under way: not behind
  expect(await open()).toEqual([]);
  expect((await fixture.apply(await asPlanned(number), () => ({}))).toSorted()).toEqual([
    "cache/dev apply",
    "database/dev apply",
  ]);
  await takeOver();
  expect(await open()).toEqual([]);

  await revertDrift("n5");
  await takeOver();
  await fixture.plan();
  const [again] = await open();
  await closePullRequest(context, dev, again?.number ?? 0);
  await takeOver();
  expect(await open()).toEqual([]);
  await revertDrift("n6");
  await takeOver();
  expect(await open()).toHaveLength(1);
});

test("an ended apply asks for it by a task of the repository's queue", async () => {
  const jobs = await fixture.database.sql<{ payload: { environment: string } }>(
    "select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'pull-requests.take-over'",
  );
  expect(jobs.map(({ payload }) => payload.environment).toSorted()).toEqual(["dev", "prod"]);
});
