import { describe, expect, it } from "vitest";
import { affectedWorkspaces } from "./affected-workspaces.ts";
import { referenceCache } from "./closure.ts";
import { inputTree } from "./input-tree.ts";
import { resolveWorkspaces } from "./repository-state.ts";
import type { RepositoryState } from "./repository-state.ts";
import { commitOf, plumbline } from "./testing/repository.ts";
import type { Files } from "./testing/repository.ts";

const environments = {
  "environments/dev/environment.yaml": "",
  "environments/prod/environment.yaml": "",
};
const configuration = (whereDnsIs: string[]): string =>
  plumbline(
    {
      network: { path: "live/{environment}/network" },
      dns: { path: "live/{environment}/dns", environments: whereDnsIs },
      shop: { path: "live/{environment}/shop", inputs: { vpc: "network.vpc_id" }, depends_on: ["dns"] },
    },
    ["dev", "prod"],
  );
const live: Files = {
  ...environments,
  "plumbline.yaml": configuration(["prod"]),
  "live/dev/network/main.tf": 'module "x" { source = "../../../modules/x" }',
  "live/prod/network/main.tf": 'module "x" { source = "../../../modules/x" }',
  "live/dev/shop/main.tf": "",
  "live/prod/shop/main.tf": "",
  "live/prod/dns/main.tf": "",
  "modules/x/main.tf": "# x",
};
const app: Files = {
  ...environments,
  "plumbline.yaml": plumbline({ app: { path: "app", values: ["app/all.tfvars", "app/vars/{environment}.tfvars"] } }, [
    "dev",
    "prod",
  ]),
  "app/main.tf": "",
  "app/all.tfvars": "a = 1",
  "app/vars/dev.tfvars": "b = 1",
  "app/vars/prod.tfvars": "b = 2",
};

const state = (files: Files): RepositoryState => ({ values: commitOf(files), pinned: new Map() });

async function change(before: Files, after: Files): Promise<{ all: string[]; removed: string[] }> {
  const cache = referenceCache();
  const result = await affectedWorkspaces({ before: state(before), after: state(after), cache });
  return {
    all: result.workspaces.map((one) => `${one.workspace.name} ${one.reason}`),
    removed: result.removed.map((one) => one.name),
  };
}

async function treeOf(repository: RepositoryState, name: string): Promise<{ files: string[]; valueFiles: string[] }> {
  const workspace = resolveWorkspaces(repository).find((one) => one.name === name);
  if (workspace === undefined) throw new Error(`there is no ${name}`);
  const { files, valueFiles, problems } = await inputTree(workspace, repository.values, referenceCache());
  expect(problems).toEqual([]);
  return { files: files.map((file) => `${file.from} ${file.path}`), valueFiles };
}

describe("a directory for each environment", () => {
  it("has workspaces where its component exists, and each takes its own code only", async () => {
    const workspaces = resolveWorkspaces(state(live));
    expect(workspaces.map(({ name, directory, dependsOn }) => [name, directory, ...dependsOn])).toEqual([
      ["network/dev", "live/dev/network"],
      ["shop/dev", "live/dev/shop", "network/dev"],
      ["network/prod", "live/prod/network"],
      ["dns/prod", "live/prod/dns"],
      ["shop/prod", "live/prod/shop", "dns/prod", "network/prod"],
    ]);
    expect((await treeOf(state(live), "network/prod")).files).toEqual([
      "code live/prod/network/main.tf",
      "code modules/x/main.tf",
    ]);
  });

  it("a change there affects that environment, a module all, and what is gone from a list is asked to be destroyed", async () => {
    expect(await change(live, { ...live, "live/prod/network/more.tf": "" })).toEqual({
      all: ["network/prod changed", "shop/prod downstream"],
      removed: [],
    });
    expect((await change(live, { ...live, "modules/x/main.tf": "# y" })).all).toEqual([
      "network/dev changed",
      "shop/dev downstream",
      "network/prod changed",
      "shop/prod downstream",
    ]);
    const moved = { ...live, "plumbline.yaml": configuration(["dev"]), "live/dev/dns/main.tf": "" };
    expect(await change(live, moved)).toEqual({
      all: ["dns/dev added", "shop/dev downstream"],
      removed: ["dns/prod"],
    });
  });

  it("writing the paths as a template changes nothing where they were the same before", async () => {
    const literal = plumbline({ network: { path: "live/dev/network" } }, ["dev"]);
    const template = plumbline({ network: { path: "live/{environment}/network" } }, ["dev"]);
    const files = { "environments/dev/environment.yaml": "", "live/dev/network/main.tf": "" };
    expect(await change({ ...files, "plumbline.yaml": literal }, { ...files, "plumbline.yaml": template })).toEqual({
      all: [],
      removed: [],
    });
  });

  it("a pinned environment has the directories and the components of its pin, by the name it has there", async () => {
    const ref = "1".repeat(40);
    const main = {
      "environments/dev/environment.yaml": "",
      "plumbline.yaml": plumbline({ network: { path: "elsewhere/{environment}" } }, ["dev", "live"]),
      "environments/live/environment.yaml": `pin: { ref: "${ref}" }\nrenamed_from: prod`,
      "elsewhere/dev/main.tf": "",
    };
    const repository = { values: commitOf(main), pinned: new Map([[ref, commitOf(live)]]) };
    expect(resolveWorkspaces(repository).map(({ name, directory }) => [name, directory])).toEqual([
      ["network/dev", "elsewhere/dev"],
      ["network/live", "live/prod/network"],
      ["dns/live", "live/prod/dns"],
      ["shop/live", "live/prod/shop"],
    ]);
  });
});

describe("values beside the code", () => {
  it("those of another environment are no part of a workspace, and changes of them do not reach it", async () => {
    expect(await treeOf(state(app), "app/prod")).toEqual({
      files: ["values app/all.tfvars", "code app/main.tf", "values app/vars/prod.tfvars"],
      valueFiles: ["app/all.tfvars", "app/vars/prod.tfvars"],
    });
    expect((await change(app, { ...app, "app/vars/dev.tfvars": "b = 3" })).all).toEqual(["app/dev changed"]);
    expect((await change(app, { ...app, "app/all.tfvars": "a = 2" })).all).toEqual([
      "app/dev changed",
      "app/prod changed",
    ]);
    expect((await change(app, { ...app, "app/vars/x.tf": "" })).all).toEqual(["app/dev changed", "app/prod changed"]);
  });

  it("come from main where the code comes from a pin", async () => {
    const ref = "1".repeat(40);
    const pinned = { ...app, "app/vars/prod.tfvars": "old", "app/main.tf": "old" };
    const main = { ...app, "environments/prod/environment.yaml": `pin: { ref: "${ref}" }` };
    const values = commitOf(main);
    const repository = { values, pinned: new Map([[ref, commitOf(pinned)]]) };
    const workspace = resolveWorkspaces(repository).find(({ name }) => name === "app/prod");
    const tree = workspace && (await inputTree(workspace, values, referenceCache()));
    const file = tree?.files.find(({ path }) => path === "app/vars/prod.tfvars");
    expect(file && Buffer.from(await values.read(file)).toString()).toBe("b = 2");
  });
});

it("rules are no code of a component in the folder of its environment", async () => {
  const files: Files = {
    ...environments,
    "plumbline.yaml": plumbline({ root: { path: "environments/{environment}" } }, ["dev", "prod"]),
    "environments/dev/main.tf": "",
    "environments/prod/main.tf": "",
    "environments/prod/terraform.tfvars": "a = 1",
    "environments/prod/common.tfvars": "b = 1",
    "environments/prod/sealed.yaml": "",
  };
  expect(await treeOf(state(files), "root/prod")).toEqual({
    files: [
      "values environments/prod/common.tfvars",
      "code environments/prod/main.tf",
      "code environments/prod/terraform.tfvars",
    ],
    valueFiles: ["environments/prod/common.tfvars"],
  });
  expect((await change(files, { ...files, "environments/prod/environment.yaml": "approvals: 2" })).all).toEqual([]);
  expect((await change(files, { ...files, "environments/prod/terraform.tfvars": "a = 2" })).all).toEqual([
    "root/prod changed",
  ]);
});
