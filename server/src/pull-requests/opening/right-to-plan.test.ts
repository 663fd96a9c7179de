import type { Finding } from "@plumbline/contract";
import { expect, test } from "vitest";
import type { Actor } from "../../access/actor.ts";
import { approvePullRequest } from "../approving/approve-pull-request.ts";
import { mergePullRequest } from "../merging/merge-pull-request.ts";
import { listComments } from "../comments/comments.ts";
import { listPullRequests } from "../list-pull-requests.ts";
import { rebasePullRequest } from "../patch-sets/rebase-pull-request.ts";
import { refreshPullRequest } from "../telling/refresh-pull-request.ts";
import { withdrawApproval } from "../approving/withdraw-approval.ts";
import { componentFiles, forgeFixture, seedFiles } from "../testing/forge-fixture.ts";

const fixture = await forgeFixture();
const { context, database, dev, owner, owner2, platform } = fixture;
const junior = await fixture.person("junior", ["proposer", "dev"], ["reader", "*"]);
const list = componentFiles["plumbline.yaml"] ?? "";

async function approve(number: number, actor: Actor): Promise<void> {
  const shown = await fixture.show(number, actor);
  const digests = shown.affected.flatMap(({ workspace, digest }) => (digest === null ? [] : [{ workspace, digest }]));
  await approvePullRequest(context, actor, number, { meaning: "Yes.", digests });
}

async function idOf(number: number): Promise<string> {
  const [row] = await database.sql<{ id: string }>(
    "select pull_request_id as id from pull_requests where number = $1",
    [number],
  );
  return row?.id ?? "";
}

async function land(number: number): Promise<void> {
  await fixture.plan();
  for (const approver of [owner, owner2]) await approve(number, approver);
  await mergePullRequest(context, dev, number);
  await fixture.apply((workspace, run) => run.planned?.digest ?? workspace);
}

const planned = () =>
  database.sql<{ environment: string }>(
    "select environment from runs join workspaces using (workspace_id) where kind = 'plan' and runs.status = 'queued'",
  );

test("a mistake that hides what a change affects does not get it planned where its author may not propose", async () => {
  const seeding = await fixture.clone(platform);
  await seeding.commit("Rules", seedFiles);
  await seeding.push("refs/heads/main");
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit("Components", componentFiles);
  await land((await clone.push("refs/for/main", "ticket=OPS-1")).number);
  const hostile = await fixture.clone(junior);
  await hostile.sync();
  const evil = { "components/network/main.tf": 'output "id" {\n  value = file("/proc/self/environ")\n}\n' };
  await hostile.commit("Print what is there", evil);
  expect((await hostile.push("refs/for/main/open")).said).toContain("junior may not propose to prod");
  // A component that somebody else is about to add: until then nothing is known of what this affects.
  const early = { "environments/dev/sealed.yaml": "dns:\n  token: { version: 1 }\n" };
  await hostile.commit("Name what is not there yet", early);
  const { number } = await hostile.push("refs/for/main/hidden");
  expect((await fixture.show(number)).affected).toEqual([]);
  await clone.sync();
  await clone.commit("Add dns", {
    "plumbline.yaml": list.replace(
      "environments:",
      "  dns: { path: components/dns, layer: platform }\n\nenvironments:",
    ),
    "components/dns/main.tf": "# nothing yet\n",
  });
  await land((await clone.push("refs/for/main", "ticket=OPS-2")).number);
  await rebasePullRequest(context, fixture.organizationId, await idOf(number));
  const shown = await fixture.show(number);
  expect(shown.affected.map((one) => one.workspace)).toContain("network/prod");
  expect(await planned()).toEqual([]);
  expect(shown.gate).toContainEqual(expect.objectContaining({ kind: "right", title: "junior may propose to prod" }));
});

test("who may not read an environment does not read its plans in the summary either", async () => {
  const guest = await fixture.person("guest", ["reader", "dev"]);
  const [opened] = (await listPullRequests(context, dev, { limit: 1, status: "merged" })).items;
  const number = opened?.number ?? 0;
  await refreshPullRequest(context, fixture.organizationId, await idOf(number));
  const bodyFor = async (actor: Actor) => (await listComments(context, actor, number))[0]?.body ?? "";
  expect(await bodyFor(dev)).toMatch(/^\| `dns\/prod` \|/m);
  expect(await bodyFor(guest)).toMatch(/^\| `dns\/dev` \|/m);
  expect(await bodyFor(guest)).not.toMatch(/^\| `dns\/prod` \|/m);
});

test("nor what is found in them", async () => {
  const guest = await fixture.person("visitor", ["reader", "dev"]);
  const clone = await fixture.clone(dev);
  await clone.sync();
  const file = "components/network/main.tf";
  await clone.commit("Open it", { [file]: "# open\n" });
  const { number } = await clone.push("refs/for/main", "ticket=OPS-3");
  const rest = { rule: "r", category: "c", why: "w", fix: "f", chain: [], source: "plumbline", controls: [] };
  const found = (fingerprint: string, title: string): Finding => {
    const place = { file, line: 1 };
    return { ...rest, severity: "high", outcome: "fail", fingerprint, title, place };
  };
  await fixture.plan((workspace) => ({
    findings: [
      ...(workspace.endsWith("/prod") ? [found("p", "Only in production")] : []),
      ...(/\/(?:dev|prod)$/.test(workspace) ? [found("b", "In both")] : []),
    ],
  }));
  await refreshPullRequest(context, fixture.organizationId, await idOf(number));
  const said = async (actor: Actor) =>
    (await listComments(context, actor, number)).filter(({ kind }) => kind === "finding").map(({ body }) => body);
  expect((await said(dev)).join("\n")).toContain("Only in production");
  expect(await said(guest)).toEqual([expect.stringMatching(/In both .*`network\/dev`/)]);
  expect((await said(guest)).join("\n")).not.toContain("prod");
});

test("a token for reading cannot take an approval back", async () => {
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit("Grow", { "environments/dev/database.tfvars": "size = 2\n" });
  const { number } = await clone.push("refs/for/main");
  await fixture.plan();
  await approve(number, owner);
  const reading: Actor = { ...owner, scopes: ["read"], via: "token" };
  await expect(withdrawApproval(context, reading, number)).rejects.toThrow("This token may not approve");
  expect((await withdrawApproval(context, owner, number)).approvals[0]?.voidReason).toBe("Withdrawn by owner.");
});
