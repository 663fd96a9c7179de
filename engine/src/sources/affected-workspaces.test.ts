import { describe, expect, it } from "vitest";
import { affectedWorkspaces } from "./affected-workspaces.ts";
import { referenceCache } from "./closure.ts";
import { inputTree } from "./input-tree.ts";
import { resolveWorkspaces } from "./repository-state.ts";
import type { RepositoryState } from "./repository-state.ts";
import { commitOf, plumbline } from "./testing/repository.ts";
import type { Files } from "./testing/repository.ts";

const base = {
  "plumbline.yaml": plumbline({ network: {}, shop: { inputs: { vpc: "network.vpc_id" } } }, ["dev", "prod"]),
  "environments/dev/environment.yaml": "",
  "environments/prod/environment.yaml": "",
  "environments/prod/common.tfvars": "a = 1",
  "components/network/main.tf": 'module "x" { source = "../../modules/x" }',
  "components/shop/main.tf": "",
  "modules/x/main.tf": "# x",
  "README.md": "",
};

async function change(after: Files, before: Files = base): Promise<{ all: string[]; removed: string[] }> {
  const state = (files: Files): RepositoryState => ({ values: commitOf(files), pinned: new Map() });
  const result = await affectedWorkspaces({ before: state(before), after: state(after), cache: referenceCache() });
  return {
    all: result.workspaces.map(
      (one) => `${one.workspace.name} ${one.reason}${one.renamedFrom === undefined ? "" : ` from ${one.renamedFrom}`}`,
    ),
    removed: result.removed.map((workspace) => workspace.name),
  };
}

describe("affected workspaces", () => {
  it("none by a file that belongs to none, nor by comments and order in plumbline.yaml", async () => {
    const moved = base["plumbline.yaml"].replace(/^\{/, "# hello\n\n{");
    expect(await change({ ...base, "README.md": "new", "plumbline.yaml": moved })).toEqual({ all: [], removed: [] });
  });

  it("by a module, with what depends on them downstream", async () => {
    expect((await change({ ...base, "modules/x/new.tf": "" })).all).toEqual([
      "network/dev changed",
      "shop/dev downstream",
      "network/prod changed",
      "shop/prod downstream",
    ]);
  });

  it("by a mode alone", async () => {
    expect((await change({ ...base, "components/shop/main.tf": { mode: "100755", text: "" } })).all).toEqual([
      "shop/dev changed",
      "shop/prod changed",
    ]);
  });

  it("by values of one environment", async () => {
    expect((await change({ ...base, "environments/prod/shop.tfvars": "b = 1" })).all).toEqual(["shop/prod changed"]);
  });

  it("an added environment", async () => {
    const files = {
      ...base,
      "plumbline.yaml": base["plumbline.yaml"].replace('"prod"]', '"prod","globex/prod"]'),
      "environments/globex/prod/environment.yaml": "",
    };
    expect((await change(files)).all).toEqual([
      "network/globex/prod environment_added",
      "shop/globex/prod environment_added",
    ]);
  });

  it("a renamed component keeps its workspaces, and a removed one is asked to be destroyed", async () => {
    const renamed = {
      ...base,
      "plumbline.yaml": plumbline(
        { network: {}, web: { path: "components/shop", inputs: { vpc: "network.vpc_id" }, renamed_from: "shop" } },
        ["dev", "prod"],
      ),
    };
    expect(await change(renamed)).toEqual({
      all: ["web/dev renamed from shop/dev", "web/prod renamed from shop/prod"],
      removed: [],
    });
    const removed = { ...base, "plumbline.yaml": plumbline({ network: {} }, ["dev", "prod"]) };
    expect(await change(removed)).toEqual({ all: [], removed: ["shop/dev", "shop/prod"] });
  });

  it("everything, in an empty repository", async () => {
    const after = { values: commitOf(base), pinned: new Map() };
    const result = await affectedWorkspaces({ before: undefined, after, cache: referenceCache() });
    expect(result.workspaces.map((one) => one.reason)).toEqual(Array(4).fill("environment_added"));
  });

  it("reads nothing twice, and each component's files once for all environments", async () => {
    const cache = referenceCache();
    const values = commitOf(base);
    const state = { values, pinned: new Map() };
    await affectedWorkspaces({ before: state, after: state, cache });
    expect(values.reads.count).toBe(3);
    const next = commitOf({ ...base, "README.md": "changed" });
    await affectedWorkspaces({ before: state, after: { values: next, pinned: new Map() }, cache });
    expect(next.reads.count).toBe(0);
  });
});

describe("the input tree of a workspace", () => {
  it("takes code from the pin and values from main", async () => {
    const ref = "1".repeat(40);
    const old = commitOf({ ...base, "components/network/old.tf": "old" });
    const pinning = {
      ...base,
      "environments/prod/environment.yaml": `pin: { ref: ${ref} }`,
      "environments/prod/network.tfvars": "b = 2",
    };
    const values = commitOf(pinning);
    const state = { values, pinned: new Map([[ref, old]]) };
    const workspace = resolveWorkspaces(state).find((one) => one.name === "network/prod")!;
    const tree = await inputTree(workspace, values, referenceCache());
    expect(tree.files.map((file) => `${file.from} ${file.path}`)).toEqual([
      "code components/network/main.tf",
      "code components/network/old.tf",
      "values environments/prod/common.tfvars",
      "values environments/prod/network.tfvars",
      "code modules/x/main.tf",
    ]);
    expect(tree.valueFiles).toEqual(["environments/prod/common.tfvars", "environments/prod/network.tfvars"]);
    expect(tree.problems).toEqual([]);
  });

  it("reports links as problems", async () => {
    const values = commitOf({
      ...base,
      "modules/x/link": { mode: "120000", text: "/etc/passwd" },
      "components/network/sub": { mode: "160000", text: "x" },
    });
    const workspace = resolveWorkspaces({ values, pinned: new Map() })[0]!;
    const { problems } = await inputTree(workspace, values, referenceCache());
    expect(problems.map((problem) => problem.file).toSorted()).toEqual(["components/network/sub", "modules/x/link"]);
  });
});
