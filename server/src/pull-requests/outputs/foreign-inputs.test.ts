import type { PullRequest } from "@plumbline/contract";
import { expect, test } from "vitest";
import type { Actor } from "../../access/actor.ts";
import { createRepository } from "../../repositories/create-repository.ts";
import { findRuns, runById } from "../../runs/run-queries.ts";
import { inputsSealedOf } from "../../runs/plan-queries.ts";
import { openInputs } from "../../runs/inputs.ts";
import { approvePullRequest } from "../approving/approve-pull-request.ts";
import { mergePullRequest } from "../merging/merge-pull-request.ts";
import { openPullRequestWithoutCommits } from "../opening/open-pull-request.ts";
import { replanPullRequest } from "../patch-sets/replan-pull-request.ts";
import { takeOverOutputs } from "./take-over-outputs.ts";
import { forgeFixture } from "../testing/forge-fixture.ts";

const fixture = await forgeFixture();
const { context, dev, owner, platform, organizationId, repositoryId: shopId } = fixture;
const { repositoryId: platformId } = await createRepository(context, platform, "platform");

const seed = (components: string, more = "") => ({
  CODEOWNERS: "* @owner\n",
  "environments/dev/environment.yaml": "approvals: 1\n",
  "plumbline.yaml": `version: 1\nlayers: [base]\ncomponents: ${components}\nenvironments: [dev]\nengine: { name: terraform, version: ">= 1.6" }\n${more}`,
});
const backbone = "\n  backbone: { path: backbone, layer: base }";
const outputs = 'output "id" {\n  value = "b"\n}\noutput "secret" {\n  value = "s"\n}\n';
const taking = (output: string) =>
  `\n  app: { path: app, layer: base, inputs: { net: { repository: platform, component: backbone, output: ${output} } } }`;
const app = { "app/main.tf": 'variable "net" {}\noutput "url" {\n  value = var.net\n}\n' };

async function propose(repository: string, title: string, files: Record<string, string | null>) {
  const clone = await fixture.clone(dev, repository);
  await clone.sync();
  await clone.commit(title, files);
  return clone.push("refs/for/main");
}

async function roll(number: number, outputsOf: (workspace: string) => Record<string, string>): Promise<void> {
  await fixture.plan();
  await approve(number, owner);
  await mergePullRequest(context, owner, number);
  const { affected } = await fixture.show(number);
  const digests = new Map(affected.map((row) => [row.workspace, row.digest ?? ""]));
  await fixture.apply((workspace) => digests.get(workspace) ?? "", outputsOf);
  expect((await fixture.show(number)).state).toBe("applied");
}

async function approve(number: number, actor: Actor): Promise<PullRequest> {
  const shown = await fixture.show(number, actor);
  const digests = shown.affected.flatMap(({ workspace, digest }) => (digest === null ? [] : [{ workspace, digest }]));
  return approvePullRequest(context, actor, number, { meaning: "I have read these plans.", digests });
}

const problemsOf = async (number: number) =>
  (await fixture.show(number)).patchSets[0]?.problems.map(({ line, message }) => `${line}: ${message}`);

test("an output of another repository is taken only where that one offers it", async () => {
  for (const repository of ["platform", "shop"]) {
    const seeder = await fixture.clone(platform, repository);
    await seeder.commit("Rules", seed("{}"));
    expect((await seeder.push("refs/heads/main")).code).toBe(0);
  }
  const first = await propose("platform", "Backbone", { ...seed(backbone), "backbone/main.tf": outputs });
  await roll(first.number, () => ({ id: "b1", secret: "s1" }));
  const shop = await propose("shop", "App", { ...seed(taking("id")), ...app });
  expect(await problemsOf(shop.number)).toEqual([
    "4: platform offers nothing of “backbone”: name it in exports there, on its main, first",
  ]);

  const wrong = await propose("platform", "Offer too much", seed(backbone, "exports: { backbone: [idd] }\n"));
  expect(await problemsOf(wrong.number)).toEqual([
    "7: backbone has no output “idd” that others could take. Did you mean id?",
  ]);
  expect((await fixture.show(wrong.number)).counts).toBeNull();
  const offer = await propose("platform", "Offer", seed(backbone, "exports: { backbone: [id] }\n"));
  expect(await problemsOf(offer.number)).toEqual([]);
  await mergeWithoutPlans(offer.number);
  await replanPullRequest(context, dev, shop.number);
  await drain(shop.number);
  expect(await problemsOf(shop.number)).toEqual([]);
});

/** Approves and merges what plans nothing that changes. */
async function mergeWithoutPlans(number: number): Promise<void> {
  await fixture.plan();
  await approve(number, owner);
  await mergePullRequest(context, owner, number);
  await fixture.apply(
    () => "nothing",
    () => undefined,
  );
}

async function drain(number: number): Promise<void> {
  await fixture.plan();
  await fixture.show(number);
}

test("a run is given the applied value, and notes from which repository and state version it is", async () => {
  const shop = (await open()).find(({ title }) => title === "App");
  await roll(shop?.number ?? 0, () => ({ url: "u" }));
  const given = await fixture.database.db.transaction(organizationId, async (tx) => {
    const [run] = await findRuns(tx, { pullRequest: shop?.number, kind: "plan", limit: 1 });
    const sealed = await inputsSealedOf(tx, run?.id ?? "");
    return openInputs(fixture.runs, await runById(tx, run?.id ?? ""), sealed);
  });
  expect(given).toEqual([
    {
      variable: "net",
      workspace: "backbone/dev",
      repository: { id: platformId, name: "platform" },
      output: "id",
      stateVersion: 1,
      value: "b1",
      sensitive: false,
    },
  ]);
});

const open = () =>
  fixture.database.sql<{ number: number; title: string; description: string; repository_id: string }>(
    "select number::int, title, description, repository_id from pull_requests where status = 'open' order by number",
  );

test("a new value opens a pull request in the repository that takes it, and plans its open ones again", async () => {
  const mine = await propose("shop", "Tune", { "app/more.tf": "locals {\n  a = 1\n}\n" });
  await fixture.plan();
  const { number } = await openPullRequestWithoutCommits(context, dev, {
    repositoryId: platformId,
    purpose: "revert",
    title: "Undo",
    description: "",
    workspaces: ["backbone/dev"],
  });
  await roll(number, () => ({ id: "b2", secret: "s1" }));
  expect((await fixture.show(mine.number)).gate.find(({ kind }) => kind === "fresh")).toMatchObject({ met: false });
  const tasks = await fixture.database.sql<{ payload: { repositoryId: string } }>(
    "select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'pull-requests.take-over'",
  );
  expect(tasks.map(({ payload }) => payload.repositoryId)).toContain(shopId);
  await takeOverOutputs(context, { organizationId, repositoryId: shopId, environment: "dev" });
  const system = (await open()).find(({ title }) => title.startsWith("Take over"));
  expect(system).toMatchObject({
    title: "Take over new outputs of platform:backbone/dev",
    repository_id: shopId,
    description: expect.stringContaining("- `app/dev`: `id` of `platform:backbone/dev`"),
  });
  expect(await fixture.plan()).toContain("app/dev");
  expect((await fixture.show(mine.number)).gate.find(({ kind }) => kind === "fresh")).toMatchObject({ met: true });
});

test("an output that is taken cannot be taken away, and a circle is told to whoever would close it", async () => {
  const away = await propose("platform", "Keep it to ourselves", seed(backbone));
  expect(await problemsOf(away.number)).toEqual([
    "4: backbone.id is taken by shop:app: keep it in exports until they do without it",
  ]);
  const offer = await propose("shop", "Offer the address", { ...seed(taking("id"), "exports: { app: [url] }\n") });
  expect(await problemsOf(offer.number)).toEqual([]);
  await mergeWithoutPlans(offer.number);
  const circle = await propose("platform", "Take it back", {
    ...seed(
      "\n  backbone: { path: backbone, layer: base, inputs: { url: { repository: shop, component: app, output: url } } }",
      "exports: { backbone: [id] }\n",
    ),
    "backbone/more.tf": 'variable "url" {}\n',
  });
  expect(await problemsOf(circle.number)).toEqual([
    "4: components of several repositories depend on each other in a circle: platform:backbone → shop:app → platform:backbone",
  ]);
});

test("who takes an output stands in the way of destroying what gives it", async () => {
  await fixture.database.sql("update workspaces set resource_count = 3 where component = 'app'");
  const { number } = await openPullRequestWithoutCommits(context, dev, {
    repositoryId: platformId,
    purpose: "destroy",
    title: "Tear it down",
    description: "",
    workspaces: ["backbone/dev"],
  });
  await fixture.plan();
  const gate = (await fixture.show(number)).gate.find(({ kind }) => kind === "dependents");
  expect(gate).toMatchObject({ met: false, detail: expect.stringContaining("shop:app/dev") });
});
