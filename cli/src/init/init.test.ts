import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { noteWith, providerCode, textOf, useCheckout } from "../testing/checkout.ts";
import { plumb } from "../testing/fake-terminal.ts";

const checkout = useCheckout();
const { write, init } = checkout;

test("code with values by environment becomes components, and the result is valid", async () => {
  write({
    "terraform/deployments/vpc/main.tf": `terraform {\n  required_version = "~> 1.10"\n  backend "s3" {}\n}\n${providerCode}`,
    "terraform/deployments/rds/main.tf": `terraform {\n  required_version = "~> 1.9"\n}\n${providerCode}module "a" {\n  source = "../../lib/a"\n}\n`,
    "terraform/lib/a/main.tf": 'variable "x" {}\n',
    "terraform/variables/production/common.tfvars": 'region = "eu-west-1"\n',
    "terraform/variables/production/rds.tfvars": 'size = 3\nadmin_password = "hunter2"\nkms_key_id = "k"\n',
    "terraform/variables/integration/rds.tfvars": "size = 1 # why: little load\n",
    "terraform/deployments/rds/tfvars/integration.tfvars": "days = 7\n",
  });
  const dry = await init();
  expect(dry).toMatchObject({ exitCode: 0, rootModules: 2, modules: 1, environments: ["integration", "production"] });
  expect(dry.written).toEqual([]);
  expect(existsSync(join(checkout.folder, "plumbline.yaml"))).toBe(false);
  expect(textOf(dry, "environments/integration/rds.tfvars")).toMatch(/\ndays = 7\nsize = 1\n$/);
  expect(textOf(dry, "environments/production/common.tfvars")).toContain('region = "eu-west-1"\n');
  const production = textOf(dry, "environments/production/rds.tfvars") ?? "";
  expect(production).toContain(
    "size = 3\n# admin_password looks like a secret and was left out: plumb variables set admin_password",
  );
  expect(production).not.toContain("hunter2");
  expect(noteWith(dry, "look like secrets")?.places).toMatchObject([
    { file: "terraform/variables/production/rds.tfvars", line: 2 },
  ]);
  expect(noteWith(dry, "State is kept elsewhere")?.places).toMatchObject([
    { file: "terraform/deployments/vpc/main.tf", line: 3 },
  ]);
  const done = await init("--write");
  expect(done.written).toEqual(dry.files.map(({ path }) => path));
  expect(readFileSync(join(checkout.folder, "plumbline.yaml"), "utf8")).toContain(
    'engine: { name: terraform, version: "~> 1.10" } # its own',
  );
  expect(await plumb(["validate", checkout.folder])).toMatchObject({ exitCode: 0 });
  const again = await init("--write");
  expect(again.written).toEqual([]);
  expect(again.files.every(({ state }) => state === "kept")).toBe(true);
});

test("asked for one code, directories of environments with the same become one; where they differ it says where", async () => {
  const code = (environment: string, more = "") =>
    `terraform {\n  backend "s3" {\n    key = "${environment}"\n  }\n}\n${providerCode}${more}`;
  write({
    "live/dev/network/main.tf": code("dev"),
    "live/dev/network/terraform.tfvars": 'region = "eu-west-1"\n',
    "live/prod/network/main.tf": code("prod"),
    "live/test/network/main.tf": code("test"),
    "live/prod/network/terraform.tfvars": 'region = "eu-west-2"\n',
    "live/dev/shop/main.tf": code("dev", 'module "a" {\n  source = "../../../modules/a"\n  size = 1\n}\n'),
    "live/test/shop/main.tf": code("test", 'module "a" {\n  source = "../../../modules/a"\n  size = var.region\n}\n'),
    "live/prod/shop/main.tf": code("prod", 'module "a" {\n  source = "../../../modules/a"\n  size = 2\n}\n'),
    "live/prod/dns/main.tf": code("prod"),
    "modules/a/main.tf": 'variable "size" {}\n',
  });
  const found = await init("--one-code");
  expect(found.components).toEqual([
    { name: "network", path: "live/dev/network", environments: ["dev", "test", "prod"], possible: true },
    { name: "shop", path: "live/dev/shop", environments: ["dev", "test", "prod"], possible: false },
    { name: "dns", path: "live/prod/dns", environments: ["prod"], possible: true },
  ]);
  expect(textOf(found, "environments/prod/network.tfvars")).toContain('region = "eu-west-2"');
  expect(noteWith(found, "shop stands in plumbline.yaml as a comment")?.places).toEqual([
    { file: "live/prod/shop/main.tf", line: 12 },
    { file: "live/test/shop/main.tf", line: 12 },
  ]);
  expect(textOf(found, "plumbline.yaml")).toContain(
    "path: live/prod/dns\n    environments: [prod] # it has a directory in these only\n",
  );
  expect(noteWith(found, "reads these values by itself")?.places).toMatchObject([
    { file: "live/dev/network/terraform.tfvars" },
  ]);
  await init("--one-code", "--write");
  expect(await plumb(["validate", checkout.folder])).toMatchObject({ exitCode: 0 });
});

test("asked for one code, directories that differ in written-out values become one code with variables, and the values stay", async () => {
  const code = (environment: string, size: number, more = "") =>
    `terraform {\n  backend "s3" {\n    key = "${environment}"\n  }\n}\n${providerCode}module "shop" {\n  source = "../../../modules/a"\n  size   = ${size}\n  zones  = ["${environment}-a", "${environment}-b"]\n  tags = {\n    Name = var.region\n  }\n${more}}\nresource "x_user" "u" {\n  password = "s3cret-${environment}"\n  nested {\n    size = ${size}\n  }\n}\n`;
  write({
    "live/dev/shop/main.tf": code("dev", 1),
    "live/dev/shop/terraform.tfvars": 'region = "eu-west-1"\n',
    "live/prod/shop/main.tf": code("prod", 3),
    "live/dev/bound/main.tf": `${providerCode}locals {\n  a = 1\n  b = file("x")\n}\n`,
    "live/prod/bound/main.tf": `${providerCode}locals {\n  a = 2\n  b = file("x")\n}\n`,
    "modules/a/main.tf": 'variable "size" {}\nvariable "zones" {}\nvariable "tags" {}\n',
  });
  const found = await init("--one-code", "--write");
  expect(found.components).toEqual([
    { name: "bound", path: "live/dev/bound", environments: ["dev", "prod"], possible: false },
    { name: "shop", path: "components/shop", environments: ["dev", "prod"], possible: true },
  ]);
  expect(textOf(found, "components/shop/main.tf")).toBe(
    `terraform {\n  # Plumbline keeps the state.\n}\n${providerCode}module "shop" {\n  source = "../../modules/a"\n  size   = var.shop_size\n  zones  = var.shop_zones\n  tags = {\n    Name = var.region\n  }\n}\nresource "x_user" "u" {\n  password = var.u_password\n  nested {\n    size = var.nested_size\n  }\n}\n`,
  );
  const variables = textOf(found, "components/shop/variables_by_environment.tf") ?? "";
  expect(variables).toMatch(/variable "shop_size" \{\n.*\n {2}type {8}= number\n\}/);
  expect(variables).toMatch(/variable "shop_zones" \{\n.*\n {2}type {8}= any\n\}/);
  expect(textOf(found, "environments/dev/shop.tfvars")).toMatch(
    /\nregion = "eu-west-1"\n#.*\nshop_size = 1\nshop_zones = \["dev-a", "dev-b"\]\n# u_password looks like a secret.*\nnested_size = 1\n$/,
  );
  expect(textOf(found, "environments/prod/shop.tfvars")).toContain("shop_size = 3\n");
  expect(JSON.stringify(found.files)).not.toContain("s3cret");
  expect(noteWith(found, "components/shop is one code made of 2 directories")?.places).toHaveLength(2);
  expect(await plumb(["validate", checkout.folder])).toMatchObject({ exitCode: 0 });
});

test("an environment below each stage, numbers before names, terragrunt, workspaces and other states", async () => {
  write({
    "1-org/envs/shared/main.tf": providerCode,
    "2-net/envs/shared/main.tf": providerCode,
    "2-net/modules/base/main.tf": 'variable "x" {}\n',
    "app/main.tf": `${providerCode}locals {\n  name = terraform.workspace\n}\ndata "terraform_remote_state" "net" {\n  backend = "s3"\n}\n`,
    "legacy/prod/vpc/terragrunt.hcl": "terraform {}\n",
    "app/values.tfvars": "x = 1\n",
    "modules/b/examples/simple/main.tf": providerCode,
  });
  const found = await init();
  expect(found.components.map(({ name }) => name)).toEqual(["org", "net", "app"]);
  expect(found.environments).toEqual(["shared", "prod"]);
  for (const [text, file, line] of [
    ["terraform.workspace", "app/main.tf", 6],
    ["read from another state", "app/main.tf", 8],
    ["terragrunt's", "legacy/prod/vpc/terragrunt.hcl", 1],
    ["Nobody can tell by the path", "app/values.tfvars", 1],
    ["left out", "modules/b/examples/simple", 1],
    ["Nothing says which environment", "app", 1],
  ] as const)
    expect(noteWith(found, text)?.places).toEqual([expect.objectContaining({ file, line })]);
});

test("without any environment there is one, and it says so", async () => {
  write({ "app/main.tf": providerCode, "app/versions.tofu": 'terraform {\n  required_version = ">= 1.8"\n}\n' });
  const found = await init("--write");
  expect(found).toMatchObject({ exitCode: 0, environments: ["prod"], components: [{ name: "app", path: "app" }] });
  expect(textOf(found, "plumbline.yaml")).toContain("this one is assumed");
  expect(textOf(found, "plumbline.yaml")).toContain('engine: { name: tofu, version: ">= 1.8" }');
  expect(await plumb(["validate", checkout.folder])).toMatchObject({ exitCode: 0 });
});

test("code at the root of the repository stays there, with its modules and the values beside it", async () => {
  write({
    "main.tf": `${providerCode}module "net" {\n  source = "./modules/net"\n}\n`,
    "modules/net/main.tf": 'variable "x" { default = 1 }\n',
    "terraform.tfvars": "size = 1\n",
    "dev.tfvars": 'region = "a"\n',
    "prod.tfvars": 'region = "b"\n',
    "README.md": "# Shop\n",
  });
  const found = await init("--write");
  expect(found).toMatchObject({
    exitCode: 0,
    environments: ["dev", "prod"],
    components: [{ name: "main", path: ".", possible: true }],
  });
  expect(textOf(found, "plumbline.yaml")).toMatch(/path: "\." # the repository itself/);
  expect(textOf(found, "plumbline.yaml")).toContain('values: "{environment}.tfvars"');
  expect(textOf(found, "CODEOWNERS")).not.toContain("/./");
  expect(await plumb(["validate", checkout.folder])).toMatchObject({ exitCode: 0 });
});

test("code at the root without any environment has one, assumed", async () => {
  write({ "main.tf": providerCode, "terraform.tfvars": 'region = "a"\n' });
  const found = await init("--write");
  expect(found).toMatchObject({
    exitCode: 0,
    environments: ["prod"],
    components: [{ name: "main", path: ".", possible: true }],
  });
  expect(await plumb(["validate", checkout.folder])).toMatchObject({ exitCode: 0 });
});

test("broken code is told by file and line, and the rest is proposed", async () => {
  write({ "a/main.tf": providerCode, "b/main.tf": `resource "x" "y" {\n  size = \n}\n${providerCode}` });
  const { exitCode, stdout } = await plumb(["init", checkout.folder]);
  expect(exitCode).toBe(1);
  expect(stdout).toContain("problem: It cannot be read: ");
  expect(stdout).toContain("\n    b/main.tf:2\n");
  expect(stdout).toContain("✓ a  a\n  ✓ b  b\n");
  expect(stdout).toContain("\nNext: plumb init --write\n");
});

test("what Plumbline would misread in environments/ is a problem that names the file", async () => {
  write({ "app/main.tf": providerCode, "environments/dev/region.tfvars": 'region = "x"\n' });
  const found = await init();
  expect(found.exitCode).toBe(1);
  expect(found.notes).toContainEqual(
    expect.objectContaining({
      level: "problem",
      next: expect.stringContaining("move this file elsewhere"),
      places: [{ file: "environments/dev/region.tfvars", line: 1 }],
    }),
  );
});

test.each([
  [{}, "There is no Terraform code in"],
  [{ "readme.md": "x" }, "There is no Terraform code in"],
  [{ "vpc/main.tf": 'variable "x" {}\n', "eks/main.tf": 'variable "y" {}\n' }, "only modules (2)"],
  [{ "vpc/main.tf": 'resource "a" {{\n' }, "vpc/main.tf:1: It cannot be read"],
  [{ "live/prod/vpc/terragrunt.hcl": "" }, "1 terragrunt.hcl and no root module"],
])("%j is refused with the next step", async (files, reason) => {
  write(files);
  const { exitCode, stderr } = await plumb(["init", checkout.folder, "--write"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(reason);
  expect(stderr).toContain("  Next: ");
  expect(existsSync(join(checkout.folder, "plumbline.yaml"))).toBe(false);
});

test("links are told with what to do instead: those of files, and of directories with code, but no others", async () => {
  write({
    "shared/main.tf": providerCode,
    "stacks/net/main.tf": providerCode,
    "docs/v1/README.md": "# Version 1\n",
    "envs/dev/backend.tf": 'terraform {\n  backend "local" {}\n}\n',
    "live/dev/net.tfvars": 'name = "dev"\n',
  });
  symlinkSync("../../shared/main.tf", join(checkout.folder, "envs/dev/main.tf"));
  symlinkSync("../../stacks/net", join(checkout.folder, "live/dev/net"));
  symlinkSync("v1", join(checkout.folder, "docs/latest"));
  symlinkSync("itself", join(checkout.folder, "docs/itself"));
  symlinkSync("/etc", join(checkout.folder, "docs/etc"));
  const found = await init();
  expect(found.exitCode).toBe(1);
  expect(noteWith(found, "Symbolic links")).toMatchObject({
    level: "problem",
    next: expect.stringContaining("cp -R --dereference"),
    places: [{ file: "envs/dev/main.tf" }, { file: "live/dev/net" }],
  });
  expect(found.notes.filter(({ message }) => message.includes("not read"))).toEqual([]);
});

test("where nothing but links is left, they are named instead of a missing root module", async () => {
  write({ "stacks/net/main.tf": 'variable "name" {}\nresource "terraform_data" "net" {}\n', "live/dev/x.txt": "" });
  symlinkSync("../../stacks/net", join(checkout.folder, "live/dev/net"));
  const { exitCode, stderr } = await plumb(["init", checkout.folder]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("live/dev/net:1: Symbolic links are not followed");
});

test("a root module that says where its state is stays one, though examples call it", async () => {
  write({
    "main.tf": 'terraform {\n  backend "s3" {}\n}\nresource "terraform_data" "one" {}\n',
    "modules/part/main.tf": 'variable "x" {}\n',
    "examples/simple/main.tf": 'module "all" {\n  source = "../.."\n}\n',
  });
  expect(await init()).toMatchObject({ components: [{ name: "main", path: "." }] });
});

test("nothing is written through a link, and nothing at all where something is in the way", async () => {
  write({ "app/main.tf": providerCode });
  const outside = mkdtempSync(join(tmpdir(), "plumb-"));
  symlinkSync(outside, join(checkout.folder, "environments"));
  const { exitCode, stderr } = await plumb(["init", checkout.folder, "--write"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("environments is in the way: it is a link; nothing was written.");
  expect(existsSync(join(checkout.folder, "plumbline.yaml"))).toBe(false);
  rmSync(outside, { recursive: true });
});

test("hostile names and texts neither steer the terminal nor break the files", async () => {
  write({
    "a\u001B[2J: {\n/main.tf": providerCode,
    "b/main.tf": `${providerCode}module "x" {\n  source = "../../../../etc"\n}\n`,
    "deep.tf": `a = ${"[".repeat(50_000)}`,
  });
  const { stdout } = await plumb(["init", checkout.folder, "--write"]);
  expect(stdout).not.toContain("\u001B");
  expect(readFileSync(join(checkout.folder, "plumbline.yaml"), "utf8")).toContain("path: b\n");
});
