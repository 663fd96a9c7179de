import { readConfiguration } from "@plumbline/contract/configuration/reading/read-configuration";
import { expect, test } from "vitest";
import { environmentsOfPath } from "./environments-of-path.ts";

const environments = ["globex/test", "globex/prod", "initech/prod", "all"];

function ownersOf(components: string) {
  const files = new Map([
    [
      "plumbline.yaml",
      `version: 1\nlayers: [platform]\ncomponents:\n${components}environments: [${environments.join(", ")}]\nengine: { name: tofu, version: ">= 1.8" }\n`,
    ],
    ...environments.map((name) => [`environments/${name}/environment.yaml`, "approvals: 1\n"] as const),
  ]);
  const { configuration, problems } = readConfiguration(files, {
    hasDirectory: () => true,
    hasFile: () => true,
    componentsAt: () => undefined,
  });
  expect(problems).toEqual([]);
  return environmentsOfPath(configuration);
}

test("values and directories are their environment's where a placeholder puts them", () => {
  const of = ownersOf(
    `  network: { path: components/network, values: "live/{environment}/terraform.tfvars", layer: platform }
  dns: { path: "live/{environment}/dns", layer: platform }
`,
  );
  expect(of("live/globex/prod/terraform.tfvars")).toEqual(["globex/prod"]);
  expect(of("live/globex/prod/dns/deeper/main.tf")).toEqual(["globex/prod"]);
  expect(of("live/all/dns/main.tf")).toEqual(["all"]);
  expect(of("environments/initech/prod/common.tfvars")).toEqual(["initech/prod"]);
  expect(of("components/network/main.tf")).toEqual([]);
  expect(of("live/globex/prod/other.tf")).toEqual([]);
  expect(of("live/globex/later/terraform.tfvars")).toEqual([]);
  expect(of("environments/globex/later/common.tfvars")).toEqual(["globex/later"]);
  expect(of("plumbline.yaml")).toEqual([]);
});

test("what several environments share belongs to each of them", () => {
  const of = ownersOf(
    `  network:
    path: components/network
    values: [all.tfvars, "clients/{client}.tfvars", "stages/{short}.tfvars"]
    environments: ["globex/*", initech/prod]
    layer: platform
`,
  );
  expect(of("clients/globex.tfvars")).toEqual(["globex/test", "globex/prod"]);
  expect(of("stages/prod.tfvars")).toEqual(["globex/prod", "initech/prod"]);
  expect(of("all.tfvars")).toEqual([]);
});

test("code that is shared is nobody's own, also where only one client has it now", () => {
  const of = ownersOf(
    `  portal: { path: components/portal, environments: ["globex/*"], layer: platform }
  main: { path: ., values: "{environment}.tfvars", layer: platform }
  dns: { path: "live/{environment}", layer: platform }
`,
  );
  expect(of("components/portal/main.tf")).toEqual([]);
  expect(of("live/globex/prod/main.tf")).toEqual([]);
  expect(of("globex/prod.tfvars")).toEqual(["globex/prod"]);
});

test("rules are the repository's, also where a component lies there", () => {
  const of = ownersOf(`  network: { path: "policies/{environment}", layer: platform }\n`);
  expect(of("policies/globex/prod/main.tf")).toEqual(["globex/prod"]);
  expect(of("policies/globex/prod/deny.rego")).toEqual([]);
});

test("without a configuration there are the folders of clients alone", () => {
  const of = environmentsOfPath(undefined);
  expect(of("environments/globex/prod/network.tfvars")).toEqual(["globex/prod"]);
  expect(of("environments/prod/network.tfvars")).toEqual([]);
  expect(of("live/globex/prod/terraform.tfvars")).toEqual([]);
});
