import { expect, test } from "vitest";
import { noteWith, providerCode, textOf, useCheckout } from "../testing/checkout.ts";
import { plumb } from "../testing/fake-terminal.ts";

const checkout = useCheckout();
const { write, init } = checkout;

const code = (environment: string, more = "") =>
  `terraform {\n  backend "s3" {\n    key = "${environment}"\n  }\n}\n${providerCode}${more}`;

test("a directory for each environment stays, as a template; what is not everywhere says where it is", async () => {
  write({
    ...Object.fromEntries(
      ["dev", "prod"].flatMap((name) => [
        [`live/${name}/network/main.tf`, code(name)],
        [`live/${name}/network/terraform.tfvars`, 'region = "eu-west-1"\n'],
        [`live/${name}/shop/main.tf`, code(name, `locals {\n  size = "${name}"\n}\n`)],
        [`live/${name}/shop/${name}.tfvars`, 'region = "eu-west-1"\napi_key = "hunter2"\n'],
      ]),
    ),
    "live/prod/dns/main.tf": code("prod"),
  });
  const found = await init("--write");
  expect(found).toMatchObject({ exitCode: 0, rootModules: 5, environments: ["dev", "prod"] });
  expect(found.components).toEqual([
    { name: "network", path: "live/{environment}/network", environments: ["dev", "prod"], possible: true },
    { name: "shop", path: "live/{environment}/shop", environments: ["dev", "prod"], possible: true },
    { name: "dns", path: "live/{environment}/dns", environments: ["prod"], possible: true },
  ]);
  const text = textOf(found, "plumbline.yaml") ?? "";
  expect(text).toContain('path: "live/{environment}/network" # each environment has its own directory\n');
  expect(text).toContain("environments: [prod] # it has a directory in these only\n");
  expect(text).toContain('values: "live/{environment}/shop/{environment}.tfvars" # ');
  expect(textOf(found, "CODEOWNERS")).toContain("# /live/*/network/ @team");
  expect(found.files.filter(({ path }) => path.endsWith(".tfvars"))).toEqual([]);
  expect(noteWith(found, "The code of shop is not the same")?.places).toEqual([
    { file: "live/prod/shop/main.tf", line: 11 },
  ]);
  expect(noteWith(found, "The code of network")).toBeUndefined();
  expect(noteWith(found, "look like secrets")?.places).toEqual([
    { file: "live/dev/shop/dev.tfvars", line: 2 },
    { file: "live/prod/shop/prod.tfvars", line: 2 },
  ]);
  expect(await plumb(["validate", checkout.folder])).toMatchObject({ exitCode: 0 });
});

test("values for each environment beside one root module stay where they are", async () => {
  write({
    "app/main.tf": providerCode,
    "app/envs/dev.tfvars": 'region = "eu-west-1"\n',
    "app/envs/prod.tfvars": 'region = "eu-west-2"\n',
    "jobs/main.tf": providerCode,
    "jobs/envs/prod.tfvars": 'region = "eu-west-2"\n',
    "both/main.tf": providerCode,
    "both/dev-common.tfvars": "",
    "both/dev.tfvars": "",
    "both/prod.tfvars": "",
  });
  const found = await init("--write");
  expect(found.components.map(({ name, environments }) => [name, ...environments])).toEqual([
    ["app", "dev", "prod"],
    ["both", "dev", "prod"],
    ["jobs", "prod"],
  ]);
  const text = textOf(found, "plumbline.yaml") ?? "";
  expect(text).toContain('path: app\n    values: "app/envs/{environment}.tfvars"');
  expect(text).toContain(
    'path: jobs\n    environments: [prod] # it has values in these only\n    values: "jobs/envs/{environment}.tfvars"',
  );
  expect(await plumb(["validate", checkout.folder])).toMatchObject({ exitCode: 0 });
});

test("root modules in the folders of environments stay there beside their rules", async () => {
  write({
    "environments/dev/main.tf": `${providerCode}module "a" {\n  source = "../../modules/a"\n}\n`,
    "environments/dev/terraform.tfvars": 'region = "eu-west-1"\n',
    "environments/prod/main.tf": `${providerCode}module "a" {\n  source = "../../modules/a"\n}\n`,
    "environments/prod/terraform.tfvars": 'region = "eu-west-1"\n',
    "environments/prod/dns/main.tf": providerCode,
    "modules/a/main.tf": 'variable "x" {\n  default = 1\n}\n',
  });
  const found = await init("--write");
  expect(found.components).toEqual([
    { name: "main", path: "environments/{environment}", environments: ["dev", "prod"], possible: true },
    { name: "dns", path: "environments/{environment}/dns", environments: ["prod"], possible: true },
  ]);
  expect(await plumb(["validate", checkout.folder])).toMatchObject({ exitCode: 0 });
});

test("directories that are not called as their environments would be are named one by one", async () => {
  write({
    "live/Dev/net/main.tf": code("dev"),
    "live/Prod/net/main.tf": code("prod"),
    "live/Prod/dns/main.tf": code("p"),
  });
  const found = await init("--write");
  expect(found.components.map(({ path, environments }) => [path, ...environments])).toEqual([
    ["live/Dev/net", "dev", "prod"],
    ["live/Prod/dns", "prod"],
  ]);
  expect(await plumb(["validate", checkout.folder])).toMatchObject({ exitCode: 0 });
});
