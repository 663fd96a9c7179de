import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { plumb } from "../testing/fake-terminal.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plumb-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (path: string, content: string | Uint8Array): string => {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), content);
  return join(folder, path);
};

const code = `variable "public" {
  default = true # for now
}

resource "lab_database" "orders" {
  public = var.public
}
`;
const mended = `variable "public" {
  default = false # for now
}

resource "lab_database" "orders" {
  public            = var.public
  storage_encrypted = true
}
`;

describe("plumb scan --fix", () => {
  test("writes what mends findings, at the literal that causes them, and judges again", async () => {
    const file = write("app/main.tf", code);
    expect((await plumb(["scan", join(folder, "app")])).exitCode).toBe(1);
    const { exitCode: ended, stderr } = await plumb(["scan", join(folder, "app"), "--fix"]);
    expect(ended).toBe(0);
    expect(stderr).toContain("2 places mended in 1 file.");
    expect(readFileSync(file, "utf8")).toBe(mended);
    expect((await plumb(["scan", join(folder, "app"), "--fix"])).stderr).toContain("Nothing can be mended");
  });

  test("shows with --diff what it would change, and changes nothing", async () => {
    const file = write("app/main.tf", code);
    const { exitCode: ended, stdout } = await plumb(["scan", join(folder, "app"), "--diff"]);
    expect(ended).toBe(1);
    expect(stdout).toContain("-  default = true # for now\n+  default = false # for now\n");
    expect(readFileSync(file, "utf8")).toBe(code);
  });

  test("never writes over what is no UTF-8", async () => {
    const file = write("app/main.tf", Buffer.concat([Buffer.from(code), Buffer.from([0x23, 0xff, 0x0a])]));
    const before = readFileSync(file);
    const { exitCode: ended, stdout } = await plumb(["scan", join(folder, "app"), "--fix"]);
    expect(ended).toBe(2);
    expect(stdout).toContain("was not mended");
    expect(readFileSync(file)).toEqual(before);
  });

  test("is for sources only", async () => {
    const file = write("plan.json", JSON.stringify({ format_version: "1.2", resource_changes: [] }));
    const { exitCode: ended, stderr } = await plumb(["scan", file, "--fix"]);
    expect(ended).not.toBe(0);
    expect(stderr).toContain("change sources");
  });
});

describe("owners", () => {
  test("of a file are named as the repository's CODEOWNERS says, from wherever it is scanned", async () => {
    write("CODEOWNERS", "*       @platform\n/app/   @shop @shop-dba\n");
    write("app/main.tf", code);
    const { stdout } = await plumb(["scan", join(folder, "app")]);
    expect(stdout).toContain("  owner: @shop @shop-dba");
    expect(stdout).toContain("      -   default = true # for now\n      +   default = false # for now\n");
    const { stdout: json } = await plumb(["scan", join(folder, "app"), "--format", "json"]);
    const { findings }: { findings: { owners?: string[] }[] } = JSON.parse(json);
    expect(findings.map(({ owners }) => owners)).toContainEqual(["@shop", "@shop-dba"]);
  });

  test("are not looked for above the repository", async () => {
    write("CODEOWNERS", "* @somebody\n");
    write("repository/.git/HEAD", "ref: refs/heads/main\n");
    write("repository/app/main.tf", code);
    const { stdout } = await plumb(["scan", join(folder, "repository/app")]);
    expect(stdout).not.toContain("@somebody");
  });
});
