import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import type { Actor } from "../access/actor.ts";
import { readWorkspaceInput } from "../repositories/workspace-input.ts";
import { streamWorkspaceArchive } from "../repositories/workspace-archive.ts";
import { approvePullRequest } from "./approving/approve-pull-request.ts";
import { pullRequestTasks } from "./handle-tasks.ts";
import { mergePullRequest } from "./merging/merge-pull-request.ts";
import { openPullRequestWithoutCommits } from "./opening/open-pull-request.ts";
import { refreshPullRequest } from "./telling/refresh-pull-request.ts";
import { revertPullRequest } from "./opening/revert-pull-request.ts";
import { componentFiles, forgeFixture, seedFiles } from "./testing/forge-fixture.ts";

const fixture = await forgeFixture();
const { context, dev, dev2, owner, owner2, platform } = fixture;
const planned = (workspace: string, run: { planned: { digest: string } | null }) => run.planned?.digest ?? workspace;

async function approve(number: number, actor: Actor) {
  const shown = await fixture.show(number, actor);
  const digests = shown.affected.flatMap(({ workspace, digest }) => (digest === null ? [] : [{ workspace, digest }]));
  return approvePullRequest(context, actor, number, { meaning: "Yes.", digests });
}

test("seed and first change", async () => {
  const clone = await fixture.clone(platform);
  await clone.commit("Rules", seedFiles);
  await clone.push("refs/heads/main");
  const mine = await fixture.clone(dev);
  await mine.sync();
  await mine.commit("Components", componentFiles);
  await mine.push("refs/for/main", "ticket=OPS-1");
  await fixture.plan();
  await approve(1, owner);
  await approve(1, owner2);
  await mergePullRequest(context, dev, 1);
  await fixture.apply(planned);
  expect((await fixture.show(1)).state).toBe("applied");
});

test("two that merge at the same moment both land, one after the other", async () => {
  const numbers: number[] = [];
  for (const [actor, environment, topic] of [
    [dev, "dev", "a"],
    [dev2, "dev", "b"],
  ] as const) {
    const clone = await fixture.clone(actor);
    await clone.sync();
    await clone.commit(`Note ${topic}`, { [`docs/${topic}.md`]: `${environment}\n` });
    numbers.push((await clone.push(`refs/for/main/${topic}`)).number);
  }
  for (const number of numbers) await approve(number, owner);
  const merged = await Promise.all(numbers.map((number) => mergePullRequest(context, platform, number)));
  expect(merged.map((one) => one.status)).toEqual(["merged", "merged"]);
  const clone = await fixture.clone(dev);
  await clone.sync();
  expect((await clone.git("ls-files", "docs")).stdout.trim().split("\n")).toEqual(["docs/a.md", "docs/b.md"]);
  expect((await clone.git("log", "--first-parent", "--format=%s")).stdout.split("\n")).toHaveLength(5);
});

test("merging the same one twice at once merges it once", async () => {
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit("Once", { "docs/once.md": "x\n" });
  const { number } = await clone.push("refs/for/main/once");
  await approve(number, owner);
  const all = await Promise.allSettled([1, 2, 3].map(() => mergePullRequest(context, platform, number)));
  expect(all.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  const [row] = await fixture.database.sql<{ count: string }>(
    "select count(*) from audit_events where action = 'pull_request.merged' and pull_request = $1",
    [number],
  );
  expect(Number(row?.count)).toBe(1);
});

test("a main that was not published before the server was killed is published after the next start", async () => {
  const key = { organizationId: fixture.organizationId, repositoryId: fixture.repositoryId };
  const now = (await context.forge.readMain(key)) ?? "";
  const [head] = await context.forge.objects(key).firstParents(now, 2);
  const before = head?.parents[0] ?? "";
  await context.forge.moveMain(key, now, before);
  const handler = pullRequestTasks(context).find((one) => one.name === "repositories.publish-main");
  const [waiting] = await fixture.database.sql<{ count: string }>(
    "select count(*) from graphile_worker.jobs where task_identifier = 'repositories.publish-main'",
  );
  expect(Number(waiting?.count)).toBe(1);
  await handler?.run(key, { signal: new AbortController().signal, attempt: 1, log: context.log });
  expect(await context.forge.readMain(key)).toBe(now);
});

test("a pull request without commits plans what main declares, and can be reverted by planning again", async () => {
  const { number } = await openPullRequestWithoutCommits(context, dev, {
    repositoryId: fixture.repositoryId,
    purpose: "change",
    title: "Undo in database/dev",
    description: "",
    workspaces: ["database/dev"],
    driftCase: 57,
  });
  const shown = await fixture.show(number);
  expect(shown).toMatchObject({ driftCase: 57, purpose: "change" });
  expect(shown.gate.find((one) => one.kind === "owner")?.title).toBe(
    "An owner of components/database/main.tf and environments/dev/database.tfvars approves",
  );
  await fixture.plan();
  await approve(number, owner);
  expect((await mergePullRequest(context, dev, number)).mergeCommit).toMatch(/^[0-9a-f]{40}$/);
  expect(await fixture.apply(planned)).toEqual(["database/dev apply"]);
  const again = await revertPullRequest(context, dev, number);
  expect(again.description).toContain("had no commits");
  expect(again.affected.map((row) => row.workspace)).toEqual(["database/dev"]);
});

test("a renamed component keeps its workspaces and states; it is planned after the merge", async () => {
  const rows = () =>
    fixture.database.sql<{ name: string; id: string; version: number | null; declared: boolean }>(
      "select component || '/' || environment as name, workspace_id as id, state_version as version, declared from workspaces order by 1",
    );
  const before = new Map((await rows()).map((row) => [row.name, row]));
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.git("mv", "environments/dev/database.tfvars", "environments/dev/storage.tfvars");
  await clone.git("mv", "environments/prod/database.tfvars", "environments/prod/storage.tfvars");
  const text = componentFiles["plumbline.yaml"] ?? "";
  await clone.commit("Rename", {
    "plumbline.yaml": text.replace(
      "database: { path: components/database,",
      "storage: { renamed_from: database, path: components/database,",
    ),
  });
  const { number } = await clone.push("refs/for/main/rename", "ticket=OPS-5");
  const shown = await fixture.show(number);
  expect(shown.affected.map((row) => [row.workspace, row.run])).toEqual([
    ["database/dev", null],
    ["database/prod", null],
  ]);
  expect(shown.affected[0]?.later).toContain("planned after the merge");
  await approve(number, owner);
  await approve(number, owner2);
  await mergePullRequest(context, dev, number);
  const after = new Map((await rows()).map((row) => [row.name, row]));
  expect(after.get("storage/dev")).toEqual({ ...before.get("database/dev"), name: "storage/dev" });
  expect(after.has("database/dev")).toBe(false);
  expect(await fixture.apply((workspace) => `${workspace} as it is`)).toEqual(["storage/dev hold"]);
  await clone.sync();
  await clone.commit("After the rename", { "environments/dev/storage.tfvars": "size = 4\n" });
  const next = await clone.push("refs/for/main/after");
  expect(next.said).toContain("1 workspace is planned");
  expect((await fixture.show(number)).state).toBe("held");
  await refreshPullRequest(context, fixture.organizationId, await idOf(number));
  const [notice] = fixture.notices.slice(-1);
  expect(notice).toMatchObject({
    event: "held",
    link: `/pull-requests/${number}`,
    environments: ["dev", "prod"],
    part: { beyond: true, environments: ["dev", "prod"], label: `#${number}`, words: "held for approval" },
  });
  expect(notice?.recipients).toEqual(expect.arrayContaining([owner.id, owner2.id, platform.id]));
  expect(notice?.recipients).not.toContain(dev.id);
});

async function idOf(number: number): Promise<string> {
  const [row] = await fixture.database.sql<{ id: string }>(
    "select pull_request_id as id from pull_requests where number = $1",
    [number],
  );
  return row?.id ?? "";
}

test("attributes of the repository hide and change nothing of what a run gets", async () => {
  const clone = await fixture.clone(dev);
  await clone.sync();
  const attributes = "* export-ignore export-subst filter=evil merge=evil\n*.tf ident\n";
  await clone.commit("Hide", {
    ".gitattributes": attributes,
    "components/network/.gitattributes": attributes,
    "components/network/main.tf": 'output "id" {\n  value = "$Format:%H$ $Id$"\n}\n',
  });
  const { number } = await clone.push("refs/for/main/hide", "ticket=OPS-6");
  const [patchSet] = (await fixture.show(number)).patchSets;
  const request = {
    organizationId: fixture.organizationId,
    repositoryId: fixture.repositoryId,
    codeCommit: patchSet?.commit ?? "",
    valuesCommit: patchSet?.commit ?? "",
    component: "network",
    environment: "dev",
  };
  const input = await readWorkspaceInput(context, request);
  expect(input.entries.map((entry) => entry.path)).toEqual([
    "components/network/.gitattributes",
    "components/network/main.tf",
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await streamWorkspaceArchive(context, request)) chunks.push(chunk as Buffer);
  const tar = Buffer.concat(chunks).toString("latin1");
  expect(tar).toContain('value = "$Format:%H$ $Id$"\n');
});

test("files beyond the limit and names that are not UTF-8 are refused with the file's name", async () => {
  const clone = await fixture.clone(dev);
  await clone.sync();
  await writeFile(join(clone.directory, "large.bin"), randomBytes(2 * 1024 * 1024));
  await clone.commit("Large", {});
  expect((await clone.push("refs/for/main/large")).said).toContain("large.bin has 2 MiB; 1 are allowed");
  await clone.sync();
  const name = Buffer.from([0x62, 0xff, 0xfe]).toString("latin1");
  await promisify(execFile)("bash", ["-c", `printf x > "$(printf 'b\\xff\\xfe')"`], { cwd: clone.directory });
  await clone.commit(`Bytes ${name.length}`, {});
  expect((await clone.push("refs/for/main/bytes")).said).toContain("control or invalid characters");
});

test("nothing failed inside", () => {
  expect(fixture.failures).toEqual([]);
});
