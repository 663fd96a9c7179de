import { expect, test } from "vitest";
import type { Actor } from "../access/actor.ts";
import { approvePullRequest } from "../pull-requests/approving/approve-pull-request.ts";
import { mergePullRequest } from "../pull-requests/merging/merge-pull-request.ts";
import { componentFiles, forgeFixture, seedFiles } from "../pull-requests/testing/forge-fixture.ts";
import { promote } from "./promote.ts";

const fixture = await forgeFixture();
const { context, dev, owner, owner2, platform } = fixture;

async function land(number: number, ...approvers: Actor[]): Promise<string> {
  await fixture.plan();
  for (const approver of approvers) {
    const shown = await fixture.show(number, approver);
    const digests = shown.affected.flatMap(({ workspace, digest }) => (digest === null ? [] : [{ workspace, digest }]));
    await approvePullRequest(context, approver, number, { meaning: "Yes.", digests });
  }
  const merged = await mergePullRequest(context, dev, number);
  await fixture.apply((workspace, run) => run.planned?.digest ?? workspace);
  return merged.mergeCommit ?? "";
}

/** Merged, and never what main was: its next commit took it back, so that nobody was shown it. */
let carried = "";

test("a step that a pull request took back again is in main's history, and still no pin", async () => {
  const seeding = await fixture.clone(platform);
  await seeding.commit("Rules", seedFiles);
  await seeding.push("refs/heads/main");
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit("Components", componentFiles);
  const first = await clone.push("refs/for/main", "ticket=OPS-1");
  await land(first.number, owner, owner2);
  await clone.sync();
  const good = componentFiles["components/network/main.tf"] ?? "";
  carried = await clone.commit("Open the door", { "components/network/main.tf": `${good}# and a back door\n` });
  await clone.commit("Write a page", { "components/network/main.tf": good, "README.md": "# Shop\n" });
  const second = await clone.push("refs/for/main");
  expect((await fixture.show(second.number)).affected).toEqual([]);
  const merge = await land(second.number, owner);
  const objects = context.forge.objects({
    organizationId: fixture.organizationId,
    repositoryId: fixture.repositoryId,
  });
  expect(await objects.isAncestor(carried, merge)).toBe(true);
  await expect(
    promote(context, dev, { repository: "shop", environments: ["prod"], commit: carried, ticket: "OPS-2" }),
  ).rejects.toThrow("is not a commit of main");
  await clone.sync();
  const rules = seedFiles["environments/prod/environment.yaml"] ?? "";
  await clone.commit("Pin by hand", { "environments/prod/environment.yaml": `${rules}pin: { ref: ${carried} }\n` });
  const { number } = await clone.push("refs/for/main/by-hand");
  expect((await fixture.show(number)).patchSets[0]?.problems).toMatchObject([
    {
      file: "environments/prod/environment.yaml",
      line: 3,
      message: expect.stringContaining("is not a commit of main"),
    },
  ]);
});

test("a new environment, and one under a new name, can be pinned to nothing else either", async () => {
  const clone = await fixture.clone(dev);
  await clone.sync();
  const unmerged = await clone.commit("Never merged", { "components/network/main.tf": "# another back door\n" });
  await clone.push("refs/for/main/never");
  await clone.sync();
  const list = componentFiles["plumbline.yaml"] ?? "";
  await clone.commit("Add stage", {
    "plumbline.yaml": list.replace("[dev, prod]", "[dev, stage, prod]"),
    "environments/stage/environment.yaml": `approvals: 0\npin: { ref: ${unmerged} }\n`,
  });
  const added = await clone.push("refs/for/main/stage");
  const refused = { message: expect.stringContaining(`the pin ${unmerged} is not a commit of main`) };
  expect((await fixture.show(added.number)).patchSets[0]?.problems).toMatchObject([refused]);
  await clone.sync();
  await clone.git("mv", "environments/prod", "environments/live");
  await clone.commit("Rename prod", {
    "plumbline.yaml": list.replace("[dev, prod]", "[dev, live]"),
    "environments/live/environment.yaml": `renamed_from: prod\napprovals: 0\npin: { ref: ${unmerged} }\n`,
  });
  const renamed = await clone.push("refs/for/main/live");
  const shown = await fixture.show(renamed.number);
  expect(shown.patchSets[0]?.problems).toMatchObject([refused]);
  expect(shown.gate.map(({ id }) => id)).toEqual(expect.arrayContaining(["approvals:prod", "ticket:prod"]));
});
