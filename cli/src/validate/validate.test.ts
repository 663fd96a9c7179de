import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { plumb } from "../testing/fake-terminal.ts";

const example = fileURLToPath(new URL("../../../examples/shop-infrastructure", import.meta.url));
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plumb-"));
  cpSync(example, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (path: string, text: string) => {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
};

test("the example is without error", async () => {
  expect(await plumb(["validate", example])).toMatchObject({
    exitCode: 0,
    stdout: "No errors.\n",
    stderr: "",
  });
});

test("every kind of mistake is told with file, line, column and a proposal", async () => {
  write(
    "plumbline.yaml",
    `version: 1
layers: [platform, shared]
components:
  network: { path: components/network, layer: platfrom }
  database: { path: components/databse, layer: shared, depends_on: [networc] }
environments: [dev, prod]
engine: { name: terraform, version: "~> 1.10" }
`,
  );
  rmSync(join(folder, "environments/test"), { recursive: true });
  rmSync(join(folder, "environments/uat"), { recursive: true });
  write("CODEOWNERS", "* @owner\n/network not-an-owner\n");
  write("policies/plumbline-policy.yaml", "version: 1\nblok: [critical]\n");
  write("policies/waivers.yaml", "version: 1\nwaivers:\n  - rule: lab-bucket-public\n");
  write("components/network/main.tf", 'resource "lab_network" "main" {\n  name = \n}\n');
  const { exitCode, stdout } = await plumb(["validate", folder]);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^plumbline\.yaml:4:\d+: error: .*Did you mean platform\?$/m);
  expect(stdout).toMatch(/^plumbline\.yaml:5:\d+: error: .*components\/databse/m);
  expect(stdout).toMatch(/^plumbline\.yaml:5:\d+: error: .*Did you mean network\?$/m);
  expect(stdout).toMatch(/^CODEOWNERS:2:\d+: error: .*not-an-owner/m);
  expect(stdout).toMatch(/^policies\/plumbline-policy\.yaml:2:1: error: .*blok/m);
  expect(stdout).toMatch(
    /^policies\/waivers\.yaml:3:5: error: The waiver has no address; each has rule, .* and expires\.$/m,
  );
  expect(stdout).toMatch(/^components\/network\/main\.tf:2:\d+: error: .*HCL.*\[hcl-syntax\]$/m);
  const json = await plumb(["validate", folder, "--json"]);
  const { valid, problems } = JSON.parse(json.stdout);
  expect(valid).toBe(false);
  expect(problems).toContainEqual(expect.objectContaining({ file: "plumbline.yaml", line: 4, proposal: "platform" }));
});

test("advice is given though the configuration is wrong", async () => {
  write("components/network/extra.tf", 'locals {\n  size = var.env == "prod" ? 2 : 1\n}\n');
  write("plumbline.yaml", "version: 2\n");
  const { exitCode, stdout } = await plumb(["validate", folder]);
  expect(exitCode).toBe(1);
  expect(stdout).toContain("components/network/extra.tf:2:10: advice:");
});

test("a waiver that lasts too long is told; one that has expired is none of this change's", async () => {
  const waiver = (address: string, expires: string) =>
    `  - { rule: lab-bucket-public, address: ${address}, environment: dev, reason: r, owner: "@owner", ticket: T-1, expires: ${expires} }\n`;
  write("policies/waivers.yaml", `version: 1\nwaivers:\n${waiver("a", "2020-01-01")}${waiver("b", "2999-01-01")}`);
  const { stdout } = await plumb(["validate", folder]);
  expect(stdout).toMatch(/^policies\/waivers\.yaml:4: error: This waiver expires on 2999-01-01; at most 180 days/m);
  expect(stdout).not.toContain("2020-01-01");
});

test("advice does not fail it", async () => {
  write("components/network/extra.tf", 'locals {\n  size = var.env == "prod" ? 2 : 1\n}\n');
  const { exitCode, stdout } = await plumb(["validate", folder]);
  expect(stdout).toContain("components/network/extra.tf:2:10: advice:");
  expect(stdout).toMatch(/No errors, 1 piece of advice\.\n$/);
  expect(exitCode).toBe(0);
});

test("an empty folder and a missing CODEOWNERS are told", async () => {
  rmSync(join(folder, "CODEOWNERS"));
  expect((await plumb(["validate", folder])).stdout).toContain("CODEOWNERS:1: error: there is no CODEOWNERS");
  const empty = join(folder, "empty");
  mkdirSync(empty);
  expect((await plumb(["validate", empty])).stdout).toContain("the repository has no plumbline.yaml");
});

test("links and sockets are never followed, huge files never read, names never steer the terminal", async () => {
  rmSync(join(folder, "plumbline.yaml"));
  symlinkSync("/etc/passwd", join(folder, "plumbline.yaml"));
  symlinkSync("/", join(folder, "components/everything"));
  const socket = createServer();
  await new Promise<void>((resolve) => socket.listen(join(folder, "components/network/socket.tf"), resolve));
  write("components/network/huge.tf", "#".repeat(5_000_000));
  write("components/network/\u001B[2Jevil\n.tf", "{");
  const { exitCode, stdout } = await plumb(["validate", folder]);
  socket.close();
  expect(exitCode).toBe(1);
  expect(stdout).toContain("plumbline.yaml:1: error: cannot be checked: symbolic links are not followed");
  expect(stdout).toContain("components/network/socket.tf:1: error: cannot be checked: it is not a regular file");
  expect(stdout).toContain("components/network/huge.tf:1: error: cannot be checked: it is larger than");
  expect(stdout).not.toContain("root:");
  expect(stdout).not.toContain("\u001B");
  expect(stdout).toContain("components/network/\uFFFD[2Jevil .tf:1:");
});

test("hostile YAML and HCL end in problems, soon", async () => {
  write("plumbline.yaml", `a: &a [x]\nb: &b [${"*a,".repeat(50)}]\nc: [${"*b,".repeat(50)}]\n`);
  write("policies/plumbline-policy.yaml", `version: ${"[".repeat(20_000)}`);
  write("components/network/deep.tf", `a = ${"[".repeat(100_000)}`);
  const { exitCode, stderr } = await plumb(["validate", folder]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
});
