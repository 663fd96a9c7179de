import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { blockingByDefault } from "@plumbline/contract";
import { codeOwnersPaths, readCodeOwners } from "@plumbline/contract/configuration/code-owners/code-owners";
import { isConfigurationFile, readConfiguration } from "@plumbline/contract/configuration/reading/read-configuration";
import { workspaces } from "@plumbline/contract/configuration/workspaces";
import { readPolicyConfiguration } from "@plumbline/policy/configuration/read-policy-configuration";
import { lintSources } from "@plumbline/policy/lint/lint-sources";
import { parseSource } from "@plumbline/policy/sources/parse-source";
import { describe, expect, test } from "vitest";
import { findOnPath, findProviderMirror } from "./world/tools.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
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
  ["starter-aws", 16],
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

describe("examples/starter-aws", () => {
  const folder = join(examples, "starter-aws");
  const plumb = (...args: string[]) =>
    spawnSync(process.execPath, [join(root, "cli/src/main.ts"), ...args], { encoding: "utf8" });

  test("plumb validate has nothing to say", () => {
    const { status, stdout } = plumb("validate", folder);
    expect([status, stdout.trim()]).toEqual([0, "No errors."]);
  });

  test.each(["dev", "test", "prod", "globex/prod"])(
    "plumb scan finds nothing that would block in %s",
    (environment) => {
      const { status, stdout } = plumb("scan", folder, "--environment", environment, "--fail-on", "high");
      expect({ status, stdout }).toMatchObject({ status: 0 });
      expect(stdout).toMatch(/ 4\d resources and /);
    },
  );

  const mirror = findProviderMirror("registry.terraform.io/hashicorp/aws");
  const terraform = findOnPath("terraform");
  test.skipIf(mirror === undefined || terraform === undefined)(
    "terraform takes each component for valid (needs terraform, and hashicorp/aws in a filesystem mirror)",
    { timeout: 300_000 },
    () => {
      const copy = mkdtempSync(join(tmpdir(), "plumbline-starter-"));
      try {
        cpSync(folder, copy, { recursive: true });
        const settings = join(copy, "settings.tfrc");
        writeFileSync(
          settings,
          `provider_installation {\n  filesystem_mirror { path = ${JSON.stringify(mirror)} }\n}\n`,
        );
        for (const component of readdirSync(join(copy, "components"))) {
          const run = (...args: string[]) =>
            spawnSync(terraform ?? "", args, {
              cwd: join(copy, "components", component),
              encoding: "utf8",
              env: { PATH: process.env["PATH"], HOME: copy, TF_CLI_CONFIG_FILE: settings },
            });
          expect(run("init", "-backend=false", "-input=false", "-no-color")).toMatchObject({ status: 0 });
          expect(run("validate", "-no-color")).toMatchObject({ status: 0 });
        }
      } finally {
        rmSync(copy, { recursive: true });
      }
    },
  );
});

// The one for AWS gets its lock file where it is run: it depends on where the provider comes from.
test("every component of examples/shop-infrastructure has its lock file", () => {
  const files = readExample("shop-infrastructure");
  const { configuration } = configurationOf(files);
  const paths = (configuration?.components ?? []).map(({ path }) => path);
  expect(paths).toHaveLength(3);
  for (const path of paths) expect([...files.keys()]).toContain(`${path}/.terraform.lock.hcl`);
});
