import { expect, test } from "vitest";
import { closePullRequest } from "../close-pull-request.ts";
import { componentFiles, forgeFixture, seedFiles } from "../testing/forge-fixture.ts";

const fixture = await forgeFixture();
const { context, dev, platform } = fixture;

async function layerOf(component: string): Promise<string[]> {
  const rows = await fixture.database.sql<{ layer: string }>(
    "select layer from workspaces where component = $1 and environment = 'dev'",
    [component],
  );
  return rows.map(({ layer }) => layer);
}

test("a component that is proposed for another layer is judged anew, by what holds there", async () => {
  const seed = await fixture.clone(platform);
  await seed.commit("Rules", seedFiles);
  await seed.push("refs/heads/main");
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit("Add components", componentFiles);
  const { number } = await clone.push("refs/for/main");
  expect(await fixture.plan()).toContain("network/dev");
  expect(await layerOf("network")).toEqual(["platform"]);

  // Nothing that a plan reads has changed.
  const moved = {
    "plumbline.yaml": (componentFiles["plumbline.yaml"] ?? "").replace("layer: platform", "layer: shared"),
  };
  await clone.commit("Add components", moved, "--amend");
  expect((await clone.push("refs/for/main")).number).toBe(number);
  expect(await fixture.plan()).toEqual(expect.arrayContaining(["network/dev", "network/prod"]));
  expect(await layerOf("network")).toEqual(["shared"]);

  // What a dropped proposal said is not what the next one is judged by.
  await closePullRequest(context, dev, number);
  await clone.commit("Add the components once more", componentFiles);
  await clone.push("refs/for/main/again");
  expect(await layerOf("network")).toEqual(["platform"]);
  expect(await fixture.plan()).toContain("network/dev");
});
