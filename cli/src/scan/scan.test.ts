import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateRawSync, crc32 } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { plumb } from "../testing/fake-terminal.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plumb-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (path: string) => join(folder, path);
const write = (path: string, content: string | Uint8Array) => {
  mkdirSync(at(`${path}/..`), { recursive: true });
  writeFileSync(at(path), content);
  return at(path);
};

const main = `variable "public" {
  default = true
}

resource "lab_database" "orders" {
    public            = var.public
  storage_encrypted = true
}
`;
const change = (after: object, unknown: object = {}) => ({
  address: "lab_database.orders",
  mode: "managed",
  type: "lab_database",
  name: "orders",
  provider_name: "example.org/acme/lab",
  change: { actions: ["create"], before: null, after, after_unknown: unknown },
});
const planJson = (after: object, unknown?: object) =>
  JSON.stringify({ format_version: "1.2", resource_changes: [change(after, unknown)] });
const open = planJson({ public: true, storage_encrypted: true });

/** A zip archive as an engine writes a plan; `claim` lies about the size of every entry. */
function zip(files: Record<string, string>, claim?: number): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const data = Buffer.from(text);
    const packed = deflateRawSync(data);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(8, 4);
    head.writeUInt32LE(crc32(data), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(claim ?? data.length, 18);
    head.writeUInt16LE(name.length, 22);
    const entry = Buffer.alloc(16);
    entry.writeUInt32LE(offset, 12);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), head, Buffer.from(name), packed]);
    directory.push(
      Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\u0000"), head, entry.subarray(2), Buffer.from(name)]),
    );
    parts.push(local);
    offset += local.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", "latin1");
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, list, end]);
}

const savedPlan = (claim?: number) =>
  zip(
    {
      tfplan: "binary",
      "tfconfig/modules.json": JSON.stringify([{ Key: "", Dir: "." }]),
      "tfconfig/m-/main.tf": main,
    },
    claim,
  );

/** A folder with a program that prints `text` for every question, as terraform would. */
function fakeEngine(text: string, exitCode = 0): string {
  write("answer", text);
  mkdirSync(at("bin"), { recursive: true });
  const script = `#!/bin/sh\n[ "$1 $2 $3" = "show -no-color -json" ] || exit 9\n/bin/cat ${at("answer")}\nexit ${exitCode}\n`;
  writeFileSync(at("bin/terraform"), script, { mode: 0o755 });
  return at("bin");
}

describe("plan JSON", () => {
  test("with sources: line, caret, cause, why and fix; ends with 1", async () => {
    write("src/main.tf", main);
    const { exitCode, stdout, stderr } = await plumb(["scan", write("p.json", open), "--source", at("src")]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
    const file = at("src/main.tf");
    expect(stdout).toContain(`  ${file}:6:5  lab_database.orders
      6 │ public            = var.public
        │ ^
  caused by ${file}:2:3
      2 │ default = true
        │ ^
  why: `);
    expect(stdout).toMatch(/^1 critical, 1 low: 1 resource and 1 source file, \d+ rules\. Failed: high or worse\.$/m);
  });

  test.each([
    ["utf16le", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(open, "utf16le")])],
    ["a byte order mark", Buffer.from(`\uFEFF${open}`)],
  ])("in %s is read, whatever its name", async (_, bytes) => {
    expect((await plumb(["scan", write("plan with any.name", bytes)])).exitCode).toBe(1);
  });

  test("from standard input", async () => {
    expect(await plumb(["scan", "-", "--json"], { stdin: open })).toMatchObject({
      exitCode: 1,
      stderr: "",
    });
  });

  test("clean, and what is known only after apply", async () => {
    const path = write("p.json", planJson({ storage_encrypted: true }, { public: true }));
    const { exitCode, stdout } = await plumb(["scan", path]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Will be judged after apply:\n  lab_database.orders");
    expect(stdout).toContain("Nothing found, 1 to be judged after apply: 1 resource");
  });

  test.each([
    ["cut off", open.slice(0, 40), "p:1:41 (where it is cut off)"],
    ["broken", '{\n  "secret": hunter2\n}', "p:2 is neither"],
    ["empty", " \n", "is empty"],
    ["a log", '{"@level":"info"}\n{"@level":"info"}\n', "log of a run"],
    ["something else", "[1]", "neither a plan nor a state"],
    [
      "deep",
      `{"format_version":"1","values":{"root_module":${'{"child_modules":['.repeat(20_000)}${"]}".repeat(20_000)}}}`,
      "nested too deeply",
    ],
  ])("%s ends with 2 and says where, never with the file's text", async (_, text, said) => {
    const { exitCode, stderr, stdout } = await plumb(["scan", write("p", text)]);
    expect(stderr).toContain(said);
    expect(stderr + stdout).not.toContain("hunter2");
    expect(exitCode).toBe(2);
  });

  test("a file that is too large ends with 2", async () => {
    const path = write("large", "");
    truncateSync(path, 410_000_000);
    const { exitCode, stderr } = await plumb(["scan", path]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("larger than 400 MB");
  });
});

test("a state file is judged by its values", async () => {
  const attributes = { public: true, storage_encrypted: true };
  const resources = [{ mode: "managed", type: "lab_database", name: "orders", instances: [{ attributes }] }];
  const path = write("terraform.tfstate", JSON.stringify({ version: 4, lineage: "l", serial: 1, resources }));
  const { exitCode, stdout } = await plumb(["scan", path]);
  expect(exitCode).toBe(1);
  expect(stdout).toContain("lab-database-public");
  expect(await plumb(["scan", path, "--fail-on", "critical"])).toMatchObject({ exitCode: 1 });
});

describe("a saved plan", () => {
  test("has its values from the engine and its lines from itself", async () => {
    const path = write("plan.out", savedPlan());
    const env = { PATH: fakeEngine(open) };
    const { exitCode, stdout, stderr } = await plumb(["scan", path], { env });
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
    expect(stdout).toContain("  main.tf:6:5  lab_database.orders");
    expect(stdout).toContain("caused by main.tf:2:3");
    // The sources are nowhere on disk: a reader of SARIF is sent to the plan.
    const sarif = JSON.parse((await plumb(["scan", path, "--format", "sarif"], { env })).stdout);
    const [result] = sarif.runs[0].results;
    expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe(`file://${path}`);
    expect(result.message.text).toContain("main.tf:6");
    write("main.tf", main);
    const beside = JSON.parse((await plumb(["scan", path, "--format", "sarif"], { env })).stdout);
    expect(beside.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe(
      `file://${at("main.tf")}`,
    );
  });

  test("without an engine says what to do", async () => {
    const { exitCode, stderr } = await plumb(["scan", write("plan.out", savedPlan())], {
      env: { PATH: at("nowhere") },
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("neither is on PATH");
    expect(stderr).toContain("terraform show -json");
  });

  test("that the engine refuses says why", async () => {
    const env = { PATH: fakeEngine("", 1) };
    const { exitCode, stderr } = await plumb(["scan", write("plan.out", savedPlan())], { env });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("The saved plan was not read. terraform:");
  });

  test.each([
    ["cut off", () => savedPlan().subarray(0, 200)],
    ["a bomb", () => savedPlan(2_000_000_000)],
    ["another archive", () => zip({ "a.txt": "a" })],
  ])("%s ends with 2", async (_, make) => {
    const { exitCode, stderr, stdout } = await plumb(["scan", write("plan.out", make())]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain("cannot be scanned");
  });
});

describe("a directory", () => {
  test("is judged by the values that its sources give", async () => {
    write("src/main.tf", main);
    const { exitCode, stdout, stderr } = await plumb(["scan", at("src")]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
    expect(stdout).toContain(`${at("src/main.tf")}:6:5  lab_database.orders`);
    expect(stdout).toContain(`caused by ${at("src/main.tf")}:2:3`);
    write("src/terraform.tfvars", "public = false\n");
    expect(await plumb(["scan", at("src")])).toMatchObject({ exitCode: 0 });
  });

  test("with a file that does not parse ends with 2 and names the line", async () => {
    write("src/broken.tf", 'resource "lab_database" "x" {\n  public = \n}\n');
    const { exitCode, stdout } = await plumb(["scan", at("src")]);
    expect(exitCode).toBe(2);
    expect(stdout).toContain(`${at("src/broken.tf")}:2`);
    expect(stdout).toContain("[hcl-syntax]");
  });

  test("follows no link out of it, and says so", async () => {
    write("other/secret.tf", main);
    write("src/shared/common.tf", "");
    write("src/main.tf", "");
    symlinkSync(at("other/secret.tf"), at("src/secret.tf"));
    symlinkSync(at("other"), at("src/other"));
    symlinkSync("shared/common.tf", at("src/common.tf"));
    const { exitCode, stdout } = await plumb(["scan", at("src"), "--json"]);
    expect(exitCode).toBe(2);
    const { failures, judged } = JSON.parse(stdout);
    const linked = failures.filter(({ message }: { message: string }) => message.includes("leads out of the tree"));
    expect(linked).toHaveLength(2);
    expect(judged.files).toBe(3);
    expect(stdout).not.toContain("lab_database");
  });
});

describe("policies", () => {
  test("switch and weigh rules; their mistakes end with 2", async () => {
    const plan = write("p.json", open);
    write("policies/plumbline-policy.yaml", "version: 1\nrules: { lab-database-public: low }\n");
    const args = ["scan", plan, "--policies", at("policies")];
    expect(await plumb(args)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("1 low"),
    });
    write("policies/plumbline-policy.yaml", "version: 1\nrules: { lab-database-publik: off }\n");
    const wrong = await plumb(args);
    expect(wrong).toMatchObject({
      exitCode: 2,
      stdout: expect.stringContaining("plumbline-policy.yaml:2:"),
    });
    expect(wrong.stdout).toContain("1 critical");
    expect(await plumb(["scan", plan, "--policies", at("nowhere")])).toMatchObject({ exitCode: 2 });
  });

  test("in Rego are asked too", async () => {
    write(
      "policies/own.rego",
      'deny[msg] {\n  input.resource_type == "lab_database"\n  msg := "no databases here"\n}\n',
    );
    const plan = write("p.json", planJson({ public: false, storage_encrypted: true }));
    const { exitCode, stdout } = await plumb(["scan", plan, "--policies", at("policies")]);
    expect(stdout).toContain("no databases here");
    expect(exitCode).toBe(1);
  });
});

test.each(["json", "sarif", "gitlab"])(
  "%s is JSON, goes into a file, and the terminal gets one line",
  async (format) => {
    const out = at("report");
    const { exitCode, stdout, stderr } = await plumb([
      "scan",
      write("p.json", open),
      "--format",
      format,
      "--output",
      out,
    ]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toMatch(/^1 critical: .*\n$/);
    expect(JSON.parse(readFileSync(out, "utf8"))).toBeTruthy();
  },
);

test.each(["junit", "markdown"])("%s is printed", async (format) => {
  const { stdout } = await plumb(["scan", write("p.json", open), "--format", format]);
  expect(stdout).toContain(format === "junit" ? "<testsuites " : "## plumb scan: failed, 1 found");
});

test("names from a plan never steer the terminal", async () => {
  const hostile = open.replaceAll("lab_database.orders", "lab_database.\\u001b[2Jorders");
  const { stdout } = await plumb(["scan", write("p.json", hostile)]);
  expect(stdout).not.toContain("\u001B");
});

test("the pre-commit hook starts the scan", () => {
  const root = fileURLToPath(new URL("../../../", import.meta.url));
  const hooks = readFileSync(join(root, ".pre-commit-hooks.yaml"), "utf8");
  expect(hooks).toContain("id: plumb-scan");
  const entry = /^\s*entry: (\S+) scan/m.exec(hooks)?.[1] ?? "";
  expect(existsSync(join(root, entry))).toBe(true);
});
