import { expect, test } from "vitest";
import { approvePullRequest } from "./approve-pull-request.ts";
import { mergePullRequest } from "./merge-pull-request.ts";
import { rebasePullRequest } from "./rebase-pull-request.ts";
import { componentFiles, forgeFixture, seedFiles } from "./testing/forge-fixture.ts";

const fixture = await forgeFixture();
const { context, database, dev, owner, owner2, platform } = fixture;
const junior = await fixture.person("junior", ["proposer", "dev"], ["reader", "*"]);
const list = componentFiles["plumbline.yaml"] ?? "";

async function land(number: number): Promise<void> {
  await fixture.plan();
  for (const approver of [owner, owner2]) {
    const shown = await fixture.show(number, approver);
    const digests = shown.affected.flatMap(({ workspace, digest }) => (digest === null ? [] : [{ workspace, digest }]));
    await approvePullRequest(context, approver, number, { meaning: "Yes.", digests });
  }
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
  const [row] = await database.sql<{ id: string }>(
    "select pull_request_id as id from pull_requests where number = $1",
    [number],
  );
  await rebasePullRequest(context, fixture.organizationId, row?.id ?? "");
  const shown = await fixture.show(number);
  expect(shown.affected.map((one) => one.workspace)).toContain("network/prod");
  expect(await planned()).toEqual([]);
  expect(shown.gate).toContainEqual(expect.objectContaining({ kind: "right", title: "junior may propose to prod" }));
});
