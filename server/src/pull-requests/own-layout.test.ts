import { expect, test } from "vitest";
import type { PullRequest } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { describeRepositories } from "../repositories/describe-repository.ts";
import { readWorkspaceInput } from "../repositories/workspace-input.ts";
import { checkInputOf } from "../runs/runner-calls/check-input.ts";
import { approvePullRequest } from "./approving/approve-pull-request.ts";
import { mergePullRequest } from "./merging/merge-pull-request.ts";
import { openPullRequestWithoutCommits } from "./opening/open-pull-request.ts";
import { forgeFixture } from "./testing/forge-fixture.ts";

const fixture = await forgeFixture();
const { context, runs, dev, owner, owner2, platform, repositoryId } = fixture;

const configuration = (whereDnsIs: string) =>
  [
    "version: 1",
    "layers: [platform]",
    "components:",
    "  network:",
    "    path: live/{environment}/network",
    "    values: vars/{environment}.tfvars",
    "    layer: platform",
    "  dns:",
    "    path: live/{environment}/dns",
    `    environments: [${whereDnsIs}]`,
    "    layer: platform",
    "environments: [dev, prod]",
    'engine: { name: terraform, version: ">= 1.6" }',
    "",
  ].join("\n");
const code = 'variable "size" {\n  type = number\n}\n';

async function approve(number: number, actor: Actor): Promise<PullRequest> {
  const shown = await fixture.show(number, actor);
  const digests = shown.affected.flatMap(({ workspace, digest }) => (digest === null ? [] : [{ workspace, digest }]));
  return approvePullRequest(context, actor, number, { meaning: "I have read these plans.", digests });
}

async function mergeAndApply(number: number): Promise<string[]> {
  await fixture.plan();
  await approve(number, owner);
  await approve(number, owner2);
  await mergePullRequest(context, dev, number);
  return fixture.apply((_workspace, run) => run.planned?.digest ?? "none");
}

test("a repository with a directory for each environment moves in, each workspace with its own code and values", async () => {
  const seed = await fixture.clone(platform);
  await seed.commit("Rules", {
    CODEOWNERS: "* @owner @owner2\n",
    "plumbline.yaml": configuration("prod").replace(/components:\n(?: .*\n)+/, "components: {}\n"),
    "environments/dev/environment.yaml": "approvals: 1\n",
    "environments/prod/environment.yaml": "approvals: 2\n",
  });
  expect((await seed.push("refs/heads/main")).code).toBe(0);
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit("Add the network", {
    "plumbline.yaml": configuration("prod"),
    "live/dev/network/main.tf": code,
    "live/prod/network/main.tf": code,
    "live/prod/network/terraform.tfvars": "zone = 1\n",
    "live/prod/dns/main.tf": "",
    "vars/dev.tfvars": "size = 1\n",
    "vars/prod.tfvars": "size = 2\n",
  });
  const { number } = await clone.push("refs/for/main");
  const [shown, [planned]] = await Promise.all([fixture.show(number), fixture.queued("plan")]);
  expect(shown.gate.find(({ kind }) => kind === "configuration")).toMatchObject({ met: true });
  expect(shown.affected.map(({ workspace }) => workspace)).toEqual(["network/dev", "network/prod", "dns/prod"]);
  if (planned === undefined) throw new Error("nothing is planned");
  const input = await readWorkspaceInput(context, { ...planned, ...planned.workspace });
  expect([input.directory, input.varFiles, input.entries.map(({ path }) => path)]).toEqual([
    "live/dev/network",
    ["vars/dev.tfvars"],
    ["live/dev/network/main.tf", "vars/dev.tfvars"],
  ]);
  expect((await checkInputOf(runs, planned)).values).toEqual([
    { path: "vars/dev.tfvars", text: "size = 1\n", of: { environments: ["dev"], set: "own 1" } },
    { path: "vars/prod.tfvars", text: "size = 2\n", of: { environments: ["prod"], set: "own 1" } },
    {
      path: "live/prod/network/terraform.tfvars",
      text: "zone = 1\n",
      of: { environments: ["prod"], set: "terraform" },
    },
  ]);
  expect(await mergeAndApply(number)).toEqual(["network/dev apply", "network/prod apply", "dns/prod apply"]);
  const [repository] = await describeRepositories(context, platform);
  expect(repository?.components.map(({ name, path, environments }) => [name, path, ...environments])).toEqual([
    ["network", "live/{environment}/network", "dev", "prod"],
    ["dns", "live/{environment}/dns", "prod"],
  ]);
});

test("a change in one environment's directory or values plans that one alone", async () => {
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit("Grow", { "vars/prod.tfvars": "size = 3\n" });
  const { number } = await clone.push("refs/for/main/grow");
  expect((await fixture.show(number)).affected.map(({ workspace }) => workspace)).toEqual(["network/prod"]);
});

test("a promotion takes over the directories of its environment and what they share, not those of another", async () => {
  const clone = await fixture.clone(dev);
  await clone.sync();
  const pinned = (await clone.git("rev-parse", "HEAD")).stdout.trim();
  const rules = (ref: string) => ({ "environments/prod/environment.yaml": `approvals: 2\npin: { ref: "${ref}" }\n` });
  await clone.commit("Pin prod", rules(pinned));
  await mergeAndApply((await clone.push("refs/for/main/pin")).number);
  await clone.sync();
  await clone.commit("Everything", {
    "live/dev/network/more.tf": "",
    "live/prod/network/more.tf": "",
    "live/prod/dns/main.tf": "# names\n",
    "modules/labels/main.tf": "",
  });
  const { number: change } = await clone.push("refs/for/main/everything");
  expect((await fixture.show(change)).affected.map(({ workspace }) => workspace)).toEqual(["network/dev"]);
  await mergeAndApply(change);
  await clone.sync();
  const head = (await clone.git("rev-parse", "HEAD")).stdout.trim();
  await clone.commit("Promote", rules(head));
  const { number } = await clone.push("refs/for/main/promote");
  expect((await fixture.show(number)).affected.map(({ workspace }) => workspace)).toEqual(["network/prod", "dns/prod"]);
  const [row] = await fixture.database.sql<{ promoted_paths: string[] }>(
    "select promoted_paths from patch_sets join pull_requests using (pull_request_id) where pull_requests.number = $1",
    [number],
  );
  expect(row?.promoted_paths).toEqual(["live/prod/dns/main.tf", "live/prod/network/more.tf", "modules/labels/main.tf"]);
  await mergeAndApply(number);
});

test("a directory that is missing somewhere is a mistake of the change, with its line", async () => {
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit("Everywhere", { "plumbline.yaml": configuration("dev, prod") });
  const { number } = await clone.push("refs/for/main/everywhere");
  expect((await fixture.show(number)).gate).toContainEqual(
    expect.objectContaining({
      kind: "configuration",
      met: false,
      detail: expect.stringContaining("there is no directory “live/dev/dns”, so dns has no code in dev"),
    }),
  );
});

test("a component that leaves an environment destroys nothing there; a destroy pull request does, with its last code", async () => {
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit("Names in dev only", {
    "environments/prod/environment.yaml": "approvals: 2\n",
    "plumbline.yaml": configuration("dev"),
    "live/dev/dns/main.tf": "",
    "live/prod/dns/main.tf": null,
  });
  const { number } = await clone.push("refs/for/main/leave");
  const { affected } = await fixture.show(number);
  expect(affected.map(({ workspace, relation }) => [workspace, relation])).toEqual([
    ["dns/dev", "changed"],
    ["dns/prod", "removed"],
  ]);
  expect(affected[1]?.line).toContain("open a destroy pull request");
  expect(await mergeAndApply(number)).toEqual(["dns/dev apply"]);
  const { number: destroying } = await openPullRequestWithoutCommits(context, dev, {
    repositoryId,
    purpose: "destroy",
    title: "Destroy the names of prod",
    description: "",
    workspaces: ["dns/prod"],
  });
  const [planned] = (await fixture.queued("plan")).filter(({ workspace }) => workspace.name === "dns/prod");
  if (planned === undefined) throw new Error("the destruction is not planned");
  const input = await readWorkspaceInput(context, { ...planned, ...planned.workspace });
  expect(input.directory).toBe("live/prod/dns");
  expect(await mergeAndApply(destroying)).toEqual(["dns/prod apply"]);
});
