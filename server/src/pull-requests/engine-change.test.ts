import { expect, test } from "vitest";
import { approvePullRequest } from "./approving/approve-pull-request.ts";
import { mergePullRequest } from "./merging/merge-pull-request.ts";
import { componentFiles, forgeFixture, seedFiles } from "./testing/forge-fixture.ts";

const fixture = await forgeFixture();
const { context, dev, owner, platform } = fixture;
const declaration = componentFiles["plumbline.yaml"] ?? "";

/** What the engine's program says it is, for the runs that have ended meanwhile. */
function engineWas(version: string) {
  return fixture.database.sql("update runs set engine_version = $1 where engine_version is null and kind = 'plan'", [
    version,
  ]);
}

async function engineChange(number: number) {
  const { affected } = await fixture.show(number);
  return affected.find(({ workspace }) => workspace === "network/dev")?.engineChange;
}

test("what is applied for the first time changes no engine", async () => {
  const rules = await fixture.clone(platform);
  await rules.commit("Rules", { ...seedFiles, "environments/prod/environment.yaml": "approvals: 1\n" });
  await rules.push("refs/heads/main");
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit("Add network and database", componentFiles);
  await clone.push("refs/for/main");
  await fixture.plan();
  await engineWas("1.10.5");
  expect(await engineChange(1)).toBeUndefined();
  const shown = await fixture.show(1);
  const digests = new Map(shown.affected.map(({ workspace, digest }) => [workspace, digest ?? ""]));
  await approvePullRequest(context, owner, 1, {
    meaning: "I have read these plans.",
    digests: shown.affected.map(({ workspace, digest }) => ({ workspace, digest: digest ?? "" })),
  });
  await mergePullRequest(context, dev, 1);
  await fixture.apply((workspace) => digests.get(workspace) ?? "");
  expect((await fixture.show(1)).state).toBe("applied");
  expect(await engineChange(1)).toBeUndefined();
});

test("another constraint shows on the row: first what is asked for, then what the plan was made with", async () => {
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit("Move to the next series", {
    "plumbline.yaml": declaration.replace('version: ">= 1.6" }', 'version: ">= 1.11" }'),
  });
  const { number } = await clone.push("refs/for/main");
  const old = { name: "terraform", constraint: ">= 1.6", version: "1.10.5" };
  expect(await engineChange(number)).toEqual({
    from: old,
    to: { name: "terraform", constraint: ">= 1.11", version: null },
  });
  await fixture.plan();
  await engineWas("1.11.4");
  expect(await engineChange(number)).toEqual({
    from: old,
    to: { name: "terraform", constraint: ">= 1.11", version: "1.11.4" },
  });
});
