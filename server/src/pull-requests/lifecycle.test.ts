import { verify } from "node:crypto";
import type { Finding, PullRequest } from "@plumbline/contract";
import { Problem } from "@plumbline/contract";
import { expect, test } from "vitest";
import type { Actor } from "../access/actor.ts";
import { readAudit } from "../audit/read-audit.ts";
import { approvePullRequest } from "./approving/approve-pull-request.ts";
import { comparePatchSets } from "./patch-sets/compare-patch-sets.ts";
import { closePullRequest } from "./close-pull-request.ts";
import { listComments } from "./comments/comments.ts";
import { mergePullRequest } from "./merging/merge-pull-request.ts";
import { openPullRequestWithoutCommits } from "./opening/open-pull-request.ts";
import { rebasePullRequest } from "./patch-sets/rebase-pull-request.ts";
import { refreshPullRequest } from "./telling/refresh-pull-request.ts";
import { revertPullRequest } from "./opening/revert-pull-request.ts";
import { componentFiles, forgeFixture, seedFiles } from "./testing/forge-fixture.ts";

const fixture = await forgeFixture();
const { context, dev, owner, owner2, platform, reader } = fixture;

/** Says yes to everything that is shown. */
async function approve(number: number, actor: Actor): Promise<PullRequest> {
  const shown = await fixture.show(number, actor);
  const digests = shown.affected.flatMap(({ workspace, digest }) => (digest === null ? [] : [{ workspace, digest }]));
  return approvePullRequest(context, actor, number, { meaning: "I have read these plans.", digests });
}

async function idOf(number: number): Promise<string> {
  const [row] = await fixture.database.sql<{ pull_request_id: string }>(
    "select pull_request_id from pull_requests where number = $1",
    [number],
  );
  return row?.pull_request_id ?? "";
}

async function refused(work: Promise<unknown>): Promise<Problem> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Problem) return error;
  throw new Error(`nothing was refused: ${String(error)}`);
}

test("seed", async () => {
  const clone = await fixture.clone(platform);
  await clone.commit("Rules", seedFiles);
  expect((await clone.push("refs/heads/main")).code).toBe(0);
});

test("the proposer and people without a part in the paths cannot approve; owners can, and it is signed", async () => {
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit("Add network and database", componentFiles);
  await clone.push("refs/for/main");
  await fixture.plan();
  expect((await refused(approve(1, dev))).message).toBe("You opened this change: somebody else approves it.");
  expect((await refused(approve(1, reader))).code).toBe("approval_refused");
  const stale = approvePullRequest(context, owner, 1, {
    meaning: "yes",
    digests: [{ workspace: "network/dev", digest: "another" }],
  });
  expect((await refused(stale)).code).toBe("plan_changed");
  const [one] = (await fixture.show(1)).affected;
  const partial = approvePullRequest(context, owner, 1, {
    meaning: "yes",
    digests: [{ workspace: "network/dev", digest: one?.digest ?? "" }],
  });
  expect((await refused(partial)).message).toContain("was not among those that were shown");

  const shown = await approve(1, owner);
  const [approval] = shown.approvals;
  if (approval === undefined) throw new Error("no approval");
  const [key] = await fixture.database.sql<{ public_key: Buffer }>("select public_key from organization_keys");
  const publicKey = { key: key?.public_key ?? Buffer.alloc(0), format: "der", type: "spki" } as const;
  expect(verify(null, Buffer.from(approval.statement), publicKey, Buffer.from(approval.signature, "base64"))).toBe(
    true,
  );
  expect(JSON.parse(approval.statement)).toMatchObject({
    type: "plumbline/approval",
    pullRequest: 1,
    person: { name: "owner" },
    digests: shown.affected
      .map(({ workspace, digest }) => ({ workspace, digest }))
      .toSorted((a, b) => (a.workspace < b.workspace ? -1 : 1)),
  });
  expect(shown.state).toBe("waits");
  expect(shown.sentence).toBe("Planned and checked. Next: owner2 or platform approves; dev names a ticket.");
});

test("the gate holds for administrators too, until approvals and ticket are there", async () => {
  const error = await refused(mergePullRequest(context, platform, 1));
  expect(error.code).toBe("merge_refused");
  expect(error.message).toContain("2 people approve for prod: 1 more needed from owner2 or platform");
  expect(error.places).toContainEqual({ file: "environments/prod/environment.yaml", line: 1 });
  await approve(1, owner2);
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit("Add network and database", { ...componentFiles });
  expect((await clone.push("refs/for/main", "ticket=OPS-1")).said).toContain("Patch set 2 of #1");
  const shown = await fixture.show(1);
  expect(shown.approvals.filter((approval) => approval.voidAt === null)).toHaveLength(2);
  expect(shown.state).toBe("ready");
});

test("merging makes the merge commit, moves main and applies in order", async () => {
  const merged = await mergePullRequest(context, dev, 1);
  expect(merged).toMatchObject({ status: "merged", state: "applying" });
  const clone = await fixture.clone(dev);
  await clone.sync();
  const { stdout } = await clone.git("log", "-1", "--format=%an <%ae> %cn%n%P%n%B");
  expect(stdout).toContain("Plumbline <plumbline@localhost> Plumbline");
  expect(stdout).toContain("Merge #1: Add network and database");
  for (const trailer of [
    "Pull-Request: #1",
    "Proposed-by: dev",
    "Approved-by: owner",
    "Approved-by: owner2",
    "Ticket: OPS-1",
  ])
    expect(stdout).toContain(`\n${trailer}\n`);
  expect(stdout).toMatch(/\nPlan-Digest: network\/dev network\/dev@[0-9a-f]{64}\n/);
  const digests = new Map(merged.affected.map((row) => [row.workspace, row.digest ?? ""]));
  expect(await fixture.apply((workspace) => digests.get(workspace) ?? "")).toEqual([
    "network/dev apply",
    "database/dev apply",
    "network/prod apply",
    "database/prod apply",
  ]);
  expect(await fixture.show(1)).toMatchObject({ state: "applied", sentence: "Merged and applied in 4 workspaces." });
});

test("findings are one comment each, the summary is one, edited in place; blocking ones stop everybody", async () => {
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit("Open <b>the</b> database", {
    "components/database/main.tf": 'variable "size" {\n  default = 2\n}\n',
  });
  const { number } = await clone.push("refs/for/main", "ticket=OPS-2");
  expect((await fixture.show(number)).counts).toBeNull();
  await fixture.plan(() => ({ findings: [finding()], counts: { change: 0, replace: 1 } }));
  expect((await fixture.show(number)).counts?.replace).toBeGreaterThan(0);
  await refreshPullRequest(context, fixture.organizationId, await idOf(number));
  await refreshPullRequest(context, fixture.organizationId, await idOf(number));
  const comments = await listComments(context, dev, number);
  expect(comments.map(({ kind, file, line }) => [kind, file, line])).toEqual([
    ["summary", null, null],
    ["finding", "components/database/main.tf", 2],
  ]);
  expect(comments[0]?.body).toContain("| `database/dev` | 0 | 0 | 1 | 0 | 0 | 1 |");
  expect(comments[0]?.body).toContain("**critical** The database is public");
  expect(comments[0]?.body).toContain("`components/database/main.tf:2`");
  const blocked = await fixture.show(number);
  expect(blocked).toMatchObject({ state: "blocked", worst: "critical" });
  await approve(number, owner);
  await approve(number, owner2);
  const error = await refused(mergePullRequest(context, platform, number));
  expect(error.message).toContain("No finding blocks: 2 findings block in database/dev and database/prod.");
  expect(error.message).not.toContain("approve");

  await clone.commit(
    "Open <b>the</b> database",
    { "components/database/main.tf": 'variable "size" {\n  default = 3\n}\n' },
    "--amend",
  );
  await clone.push("refs/for/main");
  await fixture.plan();
  await refreshPullRequest(context, fixture.organizationId, await idOf(number));
  const after = await listComments(context, dev, number);
  expect(after).toHaveLength(2);
  expect(after[0]?.id).toBe(comments[0]?.id);
  expect(after[0]?.editedAt).not.toBeNull();
  expect(after[1]?.resolvedAt).not.toBeNull();
  const mended = await fixture.show(number);
  expect(mended.approvals.every((approval) => approval.voidReason === "Its files were changed.")).toBe(true);
  const comparison = await comparePatchSets(context, dev, number, { from: 1, to: 2 });
  expect(comparison.workspaces.map(({ workspace, change }) => [workspace, change])).toEqual([
    ["database/dev", "different"],
    ["database/prod", "different"],
  ]);
  expect(comparison.files.map(({ path, status }) => [path, status])).toEqual([
    ["components/database/main.tf", "changed"],
  ]);
  expect((await comparePatchSets(context, dev, number, { from: 2, to: 2 })).files).toEqual([]);
  expect((await refused(comparePatchSets(context, dev, number, { from: 1, to: 3 }))).code).toBe("not_found");
  const { entries } = await readAudit(context.db, platform, { action: "pull_request.approval_voided" }, { limit: 9 });
  expect(entries.map(({ canonical }) => (JSON.parse(canonical) as { text: string }).text)).toEqual([
    `the approval of #${number} by owner2 counts no more: Its files were changed`,
    `the approval of #${number} by owner counts no more: Its files were changed`,
  ]);
  await approve(number, owner);
  await approve(number, owner2);
  expect((await mergePullRequest(context, dev, number)).status).toBe("merged");
});

test("a plan that differs after the merge is held, and goes on once owners approved its digest", async () => {
  expect(await fixture.apply((workspace) => `${workspace} differs`)).toEqual(["database/dev hold"]);
  const held = await fixture.show(2, owner);
  expect(held).toMatchObject({ state: "held", waitsForMe: true });
  expect(held.sentence).toContain("Next: owner, owner2 or platform looks at it and approves.");
  const yes = (actor: Actor, digest: string) =>
    approvePullRequest(context, actor, 2, {
      meaning: "The new plan is right.",
      digests: [{ workspace: "database/dev", digest }],
    });
  expect((await refused(yes(owner, "not this one"))).code).toBe("plan_changed");
  expect((await refused(yes(dev, "database/dev differs"))).code).toBe("approval_refused");
  await yes(owner, "database/dev differs");
  expect(await fixture.apply((workspace) => `${workspace} differs`)).toEqual([
    "database/dev apply",
    "database/prod hold",
  ]);
  const prod = (actor: Actor) =>
    approvePullRequest(context, actor, 2, {
      meaning: "yes",
      digests: [{ workspace: "database/prod", digest: "database/prod differs" }],
    });
  await prod(owner);
  expect(await fixture.queued("apply")).toEqual([]);
  await prod(owner2);
  expect(await fixture.apply((workspace) => `${workspace} differs`)).toEqual(["database/prod apply"]);
  expect((await fixture.show(2)).state).toBe("applied");
});

test("reverting opens a pull request with the code as it was, and the same gate", async () => {
  const opened = await revertPullRequest(context, dev, 2);
  expect(opened).toMatchObject({ purpose: "revert", reverts: 2, status: "open" });
  expect(opened.contributors).toMatchObject([{ person: { name: "dev" } }]);
  await fixture.plan();
  expect((await refused(mergePullRequest(context, platform, opened.number))).code).toBe("merge_refused");
  expect((await refused(revertPullRequest(context, dev, 2))).code).toBe("already_exists");
  const clone = await fixture.clone(dev);
  await clone.sync();
  const before = await clone.git("show", "HEAD:components/database/main.tf");
  expect(before.stdout).toContain("default = 3");
  await approve(opened.number, owner);
  await approve(opened.number, owner2);
  await mergePullRequest(context, dev, opened.number);
  await clone.sync();
  expect((await clone.git("show", "HEAD:components/database/main.tf")).stdout).toContain("default = 1");
  expect((await fixture.show(2)).revertedBy).toBe(opened.number);
});

test("when another one merges, an open one keeps what is unchanged and plans again what is not", async () => {
  await fixture.apply((workspace, run) => run.planned?.digest ?? workspace);
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit("Larger in dev", { "environments/dev/database.tfvars": "size = 7\n" });
  const mine = (await clone.push("refs/for/main/mine")).number;
  const other = await fixture.clone(fixture.dev2);
  await other.sync();
  await other.commit("Network", { "components/network/main.tf": 'output "id" {\n  value = "n2"\n}\n' });
  const theirs = (await other.push("refs/for/main/theirs", "ticket=OPS-3")).number;
  await fixture.plan();
  await approve(mine, owner);
  await approve(theirs, owner);
  await approve(theirs, owner2);
  await mergePullRequest(context, fixture.dev2, theirs);
  expect((await fixture.show(mine)).gate.find((one) => one.kind === "fresh")?.met).toBe(false);
  const before = (await fixture.show(mine)).affected[0]?.run;
  await rebasePullRequest(context, fixture.organizationId, await idOf(mine));
  const after = await fixture.show(mine);
  expect(after.gate.find((one) => one.kind === "fresh")?.met).toBe(true);
  expect(after.affected.map((row) => [row.workspace, row.run])).toEqual([["database/dev", before]]);
  expect(after.approvals.map((approval) => approval.voidAt)).toEqual([null]);
  expect(after.state).toBe("ready");
  await fixture.apply((workspace, run) => run.planned?.digest ?? workspace);
  await rebasePullRequest(context, fixture.organizationId, await idOf(mine));
  expect((await fixture.show(mine)).state).toBe("planning");
  expect(await fixture.plan()).toEqual(["database/dev"]);
  await mergePullRequest(context, dev, mine);
  await fixture.apply((workspace, run) => run.planned?.digest ?? workspace);
  expect((await fixture.show(mine)).state).toBe("applied");
});

test("conflicts are named, and a closed pull request plans nothing any more", async () => {
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.git("reset", "-q", "--hard", "HEAD~1");
  await clone.commit("Conflict", { "environments/dev/database.tfvars": "size = 99\n" });
  const { number, said } = await clone.push("refs/for/main/conflict");
  expect(said).toContain("does not merge with main: environments/dev/database.tfvars");
  expect((await fixture.show(number)).sentence).toContain("Next: dev rebases on main and pushes again.");
  await closePullRequest(context, dev, number);
  expect(await fixture.show(number)).toMatchObject({ status: "closed", state: "closed" });
});

test("removing a component destroys nothing; a destroy pull request does, dependents first", async () => {
  const clone = await fixture.clone(dev);
  await clone.sync();
  const files = Object.keys(componentFiles).filter((path) => path.includes("database"));
  await clone.commit("Remove the database", {
    ...Object.fromEntries(files.map((path) => [path, null])),
    "plumbline.yaml": (componentFiles["plumbline.yaml"] ?? "").replace(/^ {2}database:.*\n/m, ""),
  });
  const { number } = await clone.push("refs/for/main/remove", "ticket=OPS-4");
  const removal = await fixture.show(number);
  expect(removal.affected.map((row) => [row.workspace, row.relation])).toEqual([
    ["database/dev", "removed"],
    ["database/prod", "removed"],
  ]);
  expect(await fixture.plan()).toEqual([]);
  expect(removal.affected[0]?.line).toContain("open a destroy pull request");
  await fixture.database.sql("update workspaces set resource_count = 2 where component = 'database'");
  const { number: tooEarly } = await openPullRequestWithoutCommits(context, dev, {
    repositoryId: fixture.repositoryId,
    purpose: "destroy",
    title: "Destroy the network of dev alone",
    description: "",
    workspaces: ["network/dev"],
  });
  await fixture.plan();
  await approve(tooEarly, owner);
  const alone = await fixture.show(tooEarly);
  expect(alone.gate[0]).toMatchObject({ kind: "dependents", met: false });
  expect(alone.gate[0]?.detail).toBe(
    "database/dev depends on network/dev and still has 2 resources. Destroy it first, or open a destroy pull request that lists database/dev too.",
  );
  expect(alone.sentence).toContain("Next: somebody destroys the dependents first, or together with it.");
  expect((await refused(mergePullRequest(context, dev, tooEarly))).code).toBe("merge_refused");

  const { number: destroying } = await openPullRequestWithoutCommits(context, dev, {
    repositoryId: fixture.repositoryId,
    purpose: "destroy",
    title: "Destroy dev",
    description: "",
    workspaces: ["network/dev", "database/dev"],
  });
  expect((await fixture.show(destroying)).affected.map((row) => row.workspace)).toEqual([
    "database/dev",
    "network/dev",
  ]);
  await fixture.plan();
  await approve(destroying, owner);
  await mergePullRequest(context, dev, destroying);
  const done = await fixture.apply((workspace, run) => run.planned?.digest ?? workspace);
  expect(done).toEqual(["database/dev apply", "network/dev apply"]);
  await fixture.database.sql("update workspaces set resource_count = 0 where component = 'database'");
  const gone = (await fixture.show(tooEarly)).gate.find(({ kind }) => kind === "dependents");
  expect(gone).toMatchObject({ met: true });
});

function finding(): Finding {
  return {
    fingerprint: "f1",
    rule: "public-database",
    severity: "critical",
    category: "network",
    title: "The database is public",
    why: "Anybody can reach it.",
    fix: "Make it private.",
    outcome: "fail",
    address: "lab_database.main",
    attribute: "public",
    place: { file: "components/database/main.tf", line: 2 },
    chain: [],
    source: "plumbline",
    controls: [],
  };
}
