import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { blockingByDefault } from "@plumbline/contract";
import { codeOwnersPaths, readCodeOwners } from "@plumbline/contract/configuration/code-owners";
import { isConfigurationFile, readConfiguration } from "@plumbline/contract/configuration/read-configuration";
import { workspaces } from "@plumbline/contract/configuration/workspaces";
import { readPolicyConfiguration } from "@plumbline/policy/configuration/read-policy-configuration";
import { lintSources } from "@plumbline/policy/lint/lint-sources";
import { parseSource } from "@plumbline/policy/sources/parse-source";
import { describe, expect, test } from "vitest";

const examples = fileURLToPath(new URL("../../examples/", import.meta.url));

/** The files of an example, by path from its root, as they stand in a commit. */
function readExample(name: string): Map<string, string> {
  const root = join(examples, name);
  return new Map(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !path.includes("/.terraform/"))
      .map((path) => [relative(root, path), readFileSync(path, "utf8")]),
  );
}

function configurationOf(files: ReadonlyMap<string, string>) {
  const configured = new Map([...files].filter(([path]) => isConfigurationFile(path)));
  const folders = [...files.keys()];
  return readConfiguration(configured, {
    hasDirectory: (path) => folders.some((file) => file.startsWith(`${path}/`)),
  });
}

/** Findings that would block a pull request with these sources. */
function blockingLint(files: ReadonlyMap<string, string>, environments: readonly string[]) {
  const sources = new Map([...files].filter(([path]) => /\.(?:tf|tfvars)$/.test(path)));
  const parsed = new Map([...sources].map(([path, text]) => [path, parseSource(path, text)]));
  return lintSources(parsed, environments)
    .filter(({ rule }) => blockingByDefault.includes(rule.severity))
    .map(({ rule, place }) => `${place.file}:${place.line}: ${rule.id}`);
}

describe.each([
  ["shop-infrastructure", 12],
  ["shop-infrastructure-aws", 1],
])("examples/%s", (name, atLeast) => {
  const files = readExample(name);
  const { configuration, problems } = configurationOf(files);
  const components = configuration?.components ?? [];
  const environments = (configuration?.environments ?? []).map((environment) => environment.name);

  test("its configuration has no problem and declares its workspaces", () => {
    expect(problems).toEqual([]);
    expect(configuration === undefined ? 0 : workspaces(configuration).length).toBeGreaterThanOrEqual(atLeast);
  });

  test("the lint finds nothing that would block, and would find it", async () => {
    expect(blockingLint(files, environments)).toEqual([]);
    const spoiled = new Map([...files, ["components/database/broken.tf", 'resource "a" {{\n']]);
    expect(blockingLint(spoiled, environments)).toContain("components/database/broken.tf:1: hcl-syntax");
  });

  test("its code owners can be read, own every file, and are the people of the demo", () => {
    const path = codeOwnersPaths.find((candidate) => files.has(candidate)) ?? "";
    const owners = readCodeOwners(files.get(path) ?? "", path);
    expect(owners.problems).toEqual([]);
    expect([...files.keys()].filter((file) => (owners.ownersOf(file)?.owners.length ?? 0) === 0)).toEqual([]);
    const named = new Set(owners.rules.flatMap((rule) => rule.owners));
    expect([...named].filter((owner) => !["@owner", "@owner2", "@platform"].includes(owner))).toEqual([]);
  });

  test("its policy configuration has no problem", () => {
    const path = "policies/plumbline-policy.yaml";
    const policy = files.get(path);
    expect(policy === undefined ? [] : readPolicyConfiguration(policy, path).problems).toEqual([]);
  });

  test("every input is a variable of its component and an output of the other", () => {
    const declared = (path: string, block: "variable" | "output") =>
      [...files]
        .filter(([file]) => file.startsWith(`${path}/`) && file.endsWith(".tf"))
        .flatMap(([, text]) => [...text.matchAll(new RegExp(`^${block} "([^"]+)"`, "gm"))].map(([, found]) => found));
    const pathOf = (component: string) => components.find((one) => one.name === component)?.path ?? "";
    for (const { path, inputs } of components)
      for (const { variable, component, output } of inputs) {
        expect(declared(path, "variable")).toContain(variable);
        expect(declared(pathOf(component), "output")).toContain(output);
      }
    expect(components.length).toBeGreaterThan(0);
  });
});

// The one for AWS gets its lock file where it is run: it depends on where the provider comes from.
test("every component of examples/shop-infrastructure has its lock file", () => {
  const files = readExample("shop-infrastructure");
  const { configuration } = configurationOf(files);
  const paths = (configuration?.components ?? []).map(({ path }) => path);
  expect(paths).toHaveLength(3);
  for (const path of paths) expect([...files.keys()]).toContain(`${path}/.terraform.lock.hcl`);
});
