import type { PullRequest } from "@plumbline/contract";
import { beforeAll, expect, test } from "vitest";
import type { Actor } from "../../access/actor.ts";
import { approvePullRequest } from "./approve-pull-request.ts";
import { mergePullRequest } from "../merging/merge-pull-request.ts";
import { componentFiles, forgeFixture, seedFiles } from "../testing/forge-fixture.ts";

const fixture = await forgeFixture();
const { context, database, dev, dev2, owner, owner2, platform } = fixture;

async function approve(number: number, actor: Actor): Promise<PullRequest> {
  const shown = await fixture.show(number, actor);
  const digests = shown.affected.flatMap(({ workspace, digest }) => (digest === null ? [] : [{ workspace, digest }]));
  return approvePullRequest(context, actor, number, { meaning: "Yes.", digests });
}

const messageOf = async (commit: string) => {
  const key = { organizationId: fixture.organizationId, repositoryId: fixture.repositoryId };
  const [made] = await context.forge.objects(key).firstParents(commit, 1);
  return made?.body ?? "";
};

beforeAll(async () => {
  const seeding = await fixture.clone(platform);
  await seeding.commit("Rules", seedFiles);
  await seeding.push("refs/heads/main");
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit("Components", componentFiles);
  const { number } = await clone.push("refs/for/main", "ticket=OPS-1");
  await fixture.plan();
  await approve(number, owner);
  await approve(number, owner2);
  await mergePullRequest(context, dev, number);
  await fixture.apply((workspace, run) => run.planned?.digest ?? workspace);
});

test("an address that turns out to be an owner's after the push takes his approval away", async () => {
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit(
    "Grow",
    { "environments/dev/database.tfvars": "size = 2\n" },
    "--author",
    "O <Home@owner.example>",
  );
  const { number } = await clone.push("refs/for/main");
  await fixture.plan();
  expect((await approve(number, owner)).can.merge.allowed).toBe(true);
  await database.sql(
    "insert into person_addresses (organization_id, person_id, address) values ($1, $2, 'home@owner.example')",
    [fixture.organizationId, owner.id],
  );
  await expect(mergePullRequest(context, dev, number)).rejects.toThrow("An owner of environments/dev/database.tfvars");
  await expect(approve(number, owner)).rejects.toThrow("You authored a commit of this change");
  await approve(number, owner2);
  const merged = await mergePullRequest(context, dev, number);
  expect(await messageOf(merged.mergeCommit ?? "")).toContain("Approved-by: owner2\n");
  expect(await messageOf(merged.mergeCommit ?? "")).not.toMatch(/Approved-by: owner$/m);
  await fixture.apply((workspace, run) => run.planned?.digest ?? workspace);
});

test.each([
  ["spelled otherwise", "Co-Authored-By : O <OWNER@acme.example>"],
  ["as git writes it", "Co-authored-by: O <owner@acme.example>"],
])("a co-author cannot approve, %s", async (_how, trailer) => {
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit(`Pair\n\n${trailer}`, { "README.md": `${trailer}\n` });
  const { number } = await clone.push("refs/for/main");
  await expect(approve(number, owner)).rejects.toThrow("You are a co-author of this change");
});

test("who pushes to what he approved takes his approval back by that, in the merge commit too", async () => {
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit("Shrink", { "environments/dev/database.tfvars": "size = 3\n" });
  const { number } = await clone.push("refs/for/main/shrink");
  await fixture.plan();
  await approve(number, platform);
  const other = await fixture.clone(platform);
  await other.git("fetch", "-q", "origin", `refs/pull/${number}/head`);
  await other.git("reset", "-q", "--hard", "FETCH_HEAD");
  await other.git("commit", "-q", "--amend", "-m", "Shrink, in other words");
  expect((await other.push("refs/for/main", `pr=${number}`)).said).toContain(`Patch set 2 of #${number}`);
  const shown = await fixture.show(number);
  expect(shown.approvals).toMatchObject([
    { person: { name: "platform" }, voidReason: "Who gave it has a part in it now." },
  ]);
  await fixture.plan();
  await approve(number, owner);
  const merged = await mergePullRequest(context, dev, number);
  expect((await messageOf(merged.mergeCommit ?? "")).match(/^Approved-by: .*$/gm)).toEqual(["Approved-by: owner"]);
  await fixture.apply((workspace, run) => run.planned?.digest ?? workspace);
});

test("an approval does not cover code that is pushed after it, though its plan waits for another's outputs", async () => {
  const clone = await fixture.clone(dev2);
  await clone.sync();
  const list = componentFiles["plumbline.yaml"] ?? "";
  const shop = "  shop: { path: components/shop, layer: shared, inputs: { zone: dns.zone } }";
  const dns = "  dns: { path: components/dns, layer: platform }";
  await clone.commit("Add a shop", {
    "plumbline.yaml": list.replace("environments:", `${dns}\n${shop}\nenvironments:`),
    "components/dns/main.tf": 'output "zone" {\n  value = "z"\n}\n',
    "components/shop/main.tf": 'variable "zone" {}\n',
  });
  const { number } = await clone.push("refs/for/main", "ticket=OPS-9");
  // The shop waits: what it needs is known after apply.
  const waiting =
    "select run_id from runs join workspaces using (workspace_id) where component = 'shop' and kind = 'plan'";
  await database.sql(`update runs set status = 'waits', waits_for = 'outputs' where run_id in (${waiting})`);
  await fixture.plan();
  await approve(number, owner);
  await approve(number, owner2);
  const shown = await fixture.show(number);
  expect(shown.affected.map((row) => [row.workspace, row.digest === null])).toContainEqual(["shop/dev", true]);
  expect(shown.can.merge.allowed).toBe(true);
  await clone.commit("One more thing", { "components/shop/main.tf": 'variable "zone" {}\n# and a back door\n' });
  await clone.push("refs/for/main", `pr=${number}`);
  await database.sql(
    `update runs set status = 'waits', waits_for = 'outputs' where status <> 'superseded' and run_id in (${waiting})`,
  );
  await fixture.plan();
  await expect(mergePullRequest(context, dev2, number)).rejects.toThrow("components/shop/main.tf");
  expect((await fixture.show(number)).approvals.map((approval) => approval.voidReason)).toEqual([
    "Its files were changed.",
    "Its files were changed.",
  ]);
});
