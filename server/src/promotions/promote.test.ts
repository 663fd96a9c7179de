import { expect, test } from "vitest";
import type { Actor } from "../access/actor.ts";
import { approvePullRequest } from "../pull-requests/approving/approve-pull-request.ts";
import { mergePullRequest } from "../pull-requests/merging/merge-pull-request.ts";
import { openReference } from "../pull-requests/opening/open-reference.ts";
import { componentFiles, forgeFixture, seedFiles } from "../pull-requests/testing/forge-fixture.ts";
import { listMainCommits } from "./list-main-commits.ts";
import { promote } from "./promote.ts";
import { writePin } from "./write-pin.ts";

const fixture = await forgeFixture();
const { context, dev, dev2, owner, owner2, platform } = fixture;
const planned = (workspace: string, run: { planned: { digest: string } | null }) => run.planned?.digest ?? workspace;

async function approve(number: number, actor: Actor) {
  const shown = await fixture.show(number, actor);
  const digests = shown.affected.flatMap(({ workspace, digest }) => (digest === null ? [] : [{ workspace, digest }]));
  return approvePullRequest(context, actor, number, { meaning: "Yes.", digests });
}

async function land(number: number, ...approvers: Actor[]) {
  await fixture.plan();
  for (const approver of approvers) await approve(number, approver);
  const merged = await mergePullRequest(context, platform, number);
  await fixture.apply(planned);
  return merged.mergeCommit ?? "";
}

test("a pin is written beside what is there", () => {
  const text = "# Rules of prod.\napprovals: 2 # two people\npin: { ref: old, label: old }\n";
  expect(writePin(text, { ref: "f".repeat(40) })).toBe(
    `# Rules of prod.\napprovals: 2 # two people\npin: { ref: ${"f".repeat(40)} }\n`,
  );
  expect(writePin("", { ref: "a".repeat(40), label: "2026.46" })).toBe(
    `pin:\n  ref: ${"a".repeat(40)}\n  label: "2026.46"\n`,
  );
});

let first = "";
test("a first pin to what is applied changes nothing but the pin", async () => {
  const seeding = await fixture.clone(platform);
  await seeding.commit("Rules", seedFiles);
  await seeding.push("refs/heads/main");
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit("Components", componentFiles);
  const { number } = await clone.push("refs/for/main", "ticket=OPS-1");
  first = await land(number, owner, owner2);
  const opened = await promote(context, dev2, {
    repository: "shop",
    environments: ["prod"],
    ticket: "OPS-2",
    label: "one",
  });
  expect(opened).toMatchObject({ purpose: "promotion", title: "Promote one to prod", ticket: "OPS-2" });
  expect(opened.contributors.map(({ person }) => person.name)).toEqual(["dev2"]);
  await land(opened.number, owner, owner2);
  const [newest] = await listMainCommits(context, dev, "shop");
  expect(newest).toMatchObject({ pullRequest: opened.number });
});

test("a pinned environment does not move with main; promotion plans it, and the owners of the difference approve", async () => {
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit("New network", { "components/network/main.tf": 'output "id" {\n  value = "n2"\n}\n' });
  const { number } = await clone.push("refs/for/main/network");
  expect((await fixture.show(number)).affected.map((row) => row.workspace)).toEqual(["network/dev", "database/dev"]);
  await fixture.plan();
  await approve(number, owner);
  const merged = await mergePullRequest(context, dev, number);
  const commit = merged.mergeCommit ?? "";
  const promotion = await promote(context, dev2, {
    repository: "shop",
    environments: ["prod"],
    commit,
    ticket: "OPS-3",
  });
  expect(promotion.affected.map((row) => [row.workspace, row.relation])).toEqual([
    ["network/prod", "changed"],
    ["database/prod", "downstream"],
  ]);
  expect(promotion.contributors.map(({ person }) => person.name).toSorted()).toEqual(["dev", "dev2"]);
  const missing = promotion.gate.find((condition) => condition.kind === "applied");
  expect(missing).toMatchObject({ met: false, title: `${commit.slice(0, 8)} has applied cleanly in dev` });
  expect((await listMainCommits(context, dev, "shop"))[0]?.applied).toEqual([]);
  await fixture.apply(planned);
  expect((await fixture.show(promotion.number)).gate.some((condition) => condition.kind === "applied")).toBe(false);
  const commits = await listMainCommits(context, dev, "shop");
  expect(commits[0]).toMatchObject({ id: commit, applied: ["dev"] });
  expect(commits.find((one) => one.id === first)?.applied).toEqual(["dev", "prod"]);
  const titles = promotion.gate.filter((condition) => condition.kind === "owner").map((condition) => condition.title);
  expect(titles).toEqual(["An owner of environments/prod/environment.yaml and components/network/main.tf approves"]);
  await land(promotion.number, owner, owner2);
  expect((await fixture.show(promotion.number)).state).toBe("applied");
});

test("only commits of main can be pins", async () => {
  const clone = await fixture.clone(dev);
  await clone.sync();
  const own = await clone.commit("Never merged", { "README.md": "x\n" });
  await clone.push("refs/for/main/own");
  await expect(promote(context, dev, { repository: "shop", environments: ["prod"], commit: own })).rejects.toThrow(
    "is not a commit of main",
  );
  await clone.sync();
  await clone.commit("Pin by hand", { "environments/dev/environment.yaml": `approvals: 1\npin: { ref: ${own} }\n` });
  const pushed = await clone.push("refs/for/main/by-hand");
  const [patchSet] = (await fixture.show(pushed.number)).patchSets;
  expect(patchSet?.problems).toMatchObject([
    { file: "environments/dev/environment.yaml", line: 2, message: expect.stringContaining("is not a commit of main") },
  ]);
});

test("a new version of a sealed variable is put in use by a pull request", async () => {
  const change = { repositoryId: fixture.repositoryId, environment: "dev", component: "database", name: "password" };
  const opened = await openReference(context, dev, { ...change, version: 1 });
  expect(opened?.title).toBe("Use version 1 of password (database) in dev");
  expect(opened?.affected.map((row) => row.workspace)).toEqual(["database/dev"]);
  await land(opened?.number ?? 0, owner);
  expect(await openReference(context, dev, { ...change, version: 1 })).toBeNull();
});

test("without a commit it is what the environment before runs, not the merge that brought it there", async () => {
  const [newest] = await listMainCommits(context, dev, "shop");
  const commit = newest?.id ?? "";
  const pinned = await promote(context, dev2, { repository: "shop", environments: ["dev"] });
  expect(pinned.title).toBe(`Promote ${commit.slice(0, 8)} to dev`);
  await land(pinned.number, owner);
  expect((await listMainCommits(context, dev, "shop"))[0]?.id).not.toBe(commit);
  const opened = await promote(context, dev2, { repository: "shop", environments: ["prod"], ticket: "OPS-4" });
  expect(opened.title).toBe(`Promote ${commit.slice(0, 8)} to prod`);
  expect(opened.gate.filter(({ kind }) => kind === "applied")).toEqual([]);
  // Of several the first says from where, also where they are named in another order.
  const both = await promote(context, dev2, { repository: "shop", environments: ["prod", "dev"], ticket: "OPS-4" });
  expect(both.title).not.toContain(commit.slice(0, 8));
});
