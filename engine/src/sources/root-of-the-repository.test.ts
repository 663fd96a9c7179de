import { describe, expect, it } from "vitest";
import { affectedWorkspaces } from "./affected-workspaces.ts";
import { referenceCache } from "./closure.ts";
import { inputTree } from "./input-tree.ts";
import { resolveWorkspaces } from "./repository-state.ts";
import type { RepositoryState } from "./repository-state.ts";
import { commitOf, plumbline } from "./testing/repository.ts";
import type { Files } from "./testing/repository.ts";

const configuration = (more: object = {}, environments = ["dev", "prod"]): string =>
  plumbline({ main: { path: ".", values: "{environment}.tfvars", ...more } }, environments);
const files: Files = {
  "plumbline.yaml": configuration(),
  CODEOWNERS: "* @platform",
  "README.md": "# Shop",
  ".github/workflows/check.yaml": "on: push",
  ".gitignore": ".terraform",
  ".terraform.lock.hcl": "# hashes",
  "policies/plumbline-policy.yaml": "version: 1",
  "policies/tags.rego": "package tags",
  "policies/reader.json": "{}",
  "environments/dev/environment.yaml": "approvals: 1",
  "environments/prod/environment.yaml": "approvals: 2",
  "environments/prod/common.tfvars": "b = 1",
  "main.tf": 'module "net" { source = "./modules/net" }\nlocals { policies = fileset(path.module, "policies/*.json") }',
  "modules/net/main.tf": "# net",
  "templates/user-data.tftpl": "hello",
  "terraform.tfvars": "a = 1",
  "dev.tfvars": "size = 1",
  "prod.tfvars": "size = 2",
};
const state = (of: Files): RepositoryState => ({ values: commitOf(of), pinned: new Map() });

async function changed(more: Files): Promise<string[]> {
  const cache = referenceCache();
  const after = state({ ...files, ...more });
  const { workspaces } = await affectedWorkspaces({ before: state(files), after, cache });
  return workspaces.map(({ workspace, reason }) => `${workspace.name} ${reason}`);
}

async function filesOf(of: Files, name: string): Promise<string[]> {
  const repository = state(of);
  const workspace = resolveWorkspaces(repository).find((one) => one.name === name);
  if (workspace === undefined) throw new Error(`there is no ${name}`);
  const tree = await inputTree(workspace, repository.values, referenceCache());
  expect(tree.problems).toEqual([]);
  return tree.files.map(({ from, path }) => `${from} ${path}`);
}

describe("a component that is the repository itself", () => {
  it("has all of it but rules, values of other environments and what is about the repository", async () => {
    expect(await filesOf(files, "main/prod")).toEqual([
      "code .terraform.lock.hcl",
      "values environments/prod/common.tfvars",
      "code main.tf",
      "code modules/net/main.tf",
      "code policies/reader.json",
      "values prod.tfvars",
      "code templates/user-data.tftpl",
      "code terraform.tfvars",
    ]);
  });

  it("has what `modules` names, hidden or not", async () => {
    const named = { ...files, "plumbline.yaml": configuration({ modules: ["README.md", ".github/workflows"] }) };
    const found = await filesOf(named, "main/dev");
    expect(found).toEqual(expect.arrayContaining(["code README.md", "code .github/workflows/check.yaml"]));
    expect(found).not.toContain("code .gitignore");
  });

  it("has code whatever it is called: a licence that is managed is no licence text", async () => {
    const managed = {
      ...files,
      "license.tf": "",
      "notice.tf.json": "{}",
      LICENSE: "MIT",
      "NOTICE.txt": "",
      "copying.MD": "",
    };
    const found = await filesOf(managed, "main/prod");
    expect(found).toEqual(expect.arrayContaining(["code license.tf", "code notice.tf.json"]));
    expect(found.filter((file) => /licen|notice|copying/i.test(file))).toHaveLength(2);
    expect(await changed({ "license.tf": "# more" })).toEqual(["main/dev changed", "main/prod changed"]);
  });

  it.each<[string, Files, string[]]>([
    ["its code", { "main.tf": "# other" }, ["main/dev changed", "main/prod changed"]],
    ["a file that no path in it names", { "policies/reader.json": "[]" }, ["main/dev changed", "main/prod changed"]],
    ["a new file", { "more.tf": "" }, ["main/dev changed", "main/prod changed"]],
    ["the lock file", { ".terraform.lock.hcl": "# others" }, ["main/dev changed", "main/prod changed"]],
    ["values of one environment", { "prod.tfvars": "size = 3" }, ["main/prod changed"]],
    ["values for all its components", { "environments/prod/common.tfvars": "b = 2" }, ["main/prod changed"]],
    ["rules of an environment", { "environments/prod/environment.yaml": "approvals: 3" }, []],
    ["code owners", { CODEOWNERS: "* @others" }, []],
    ["policies", { "policies/tags.rego": "package other", "policies/waivers.yaml": "version: 1" }, []],
    ["what is about the repository", { "README.md": "# Other", ".github/workflows/check.yaml": "on: pull" }, []],
    [
      "another environment",
      {
        "plumbline.yaml": configuration({}, ["dev", "test", "prod"]),
        "environments/test/environment.yaml": "",
        "test.tfvars": "size = 1",
      },
      ["main/test environment_added"],
    ],
  ])("a change of %s plans what it concerns", async (_what, more, expected) => {
    expect(await changed(more)).toEqual(expected);
  });

  it("is not kept from a plan by links in what is none of its code", async () => {
    const linked = { ...files, ".github/link": { mode: "120000", text: "../main.tf" } };
    expect(await filesOf(linked, "main/dev")).toHaveLength(7);
  });
});
