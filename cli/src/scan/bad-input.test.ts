import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { plumb } from "../testing/fake-terminal.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plumb-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Scans a directory with these files beside a database that is open to everybody. */
async function scanned(files: Record<string, string>) {
  const open = 'resource "lab_database" "d" {\n  public            = true\n  storage_encrypted = true\n}\n';
  for (const [path, text] of Object.entries({ ...files, "app/database.tf": open })) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { exitCode, stdout } = await plumb(["scan", join(folder, "app"), "--json"]);
  const { findings, failures, unknowns }: Report = JSON.parse(stdout);
  return {
    exitCode,
    others: findings.filter(({ rule }) => rule === "lab-database-public").length,
    said: [
      ...failures.map(({ message, places: [place] }) => `${shown(place)} ${message}`),
      ...findings.filter(({ rule }) => rule === "hcl-syntax").map(({ title, place }) => `${shown(place)} ${title}`),
    ].join("\n"),
    unknowns: unknowns.map(({ what, file, line }) => `${shown({ file: file ?? "", line: line ?? 0 })} ${what}`),
  };
}

interface Place {
  file: string;
  line: number;
}
interface Report {
  findings: { rule: string; title: string; place?: Place }[];
  failures: { message: string; places: Place[] }[];
  unknowns: { what: string; file?: string; line?: number }[];
}

function shown(place: Place | undefined): string {
  return place === undefined ? "?" : `${place.file.slice(folder.length + 1)}:${place.line}`;
}

const brackets = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

describe("bad input names its file and line, ends with 2, and hides nothing else", () => {
  test.each([
    ["HCL that does not end", { "app/a.tf": 'locals {\n  x = "no end\n}\n' }, "app/a.tf:2"],
    ["a missing brace", { "app/a.tf": 'resource "lab_bucket" "x" {\n  encrypted = true\n' }, "app/a.tf:1"],
    ["broken JSON", { "app/a.tf.json": '{\n  "locals": {\n    "x": tru\n  }\n}\n' }, "app/a.tf.json:3"],
    ["broken tfvars", { "app/terraform.tfvars": "a = 1\nb = [\n" }, "app/terraform.tfvars:3"],
    ["locals in a circle", { "app/a.tf": "locals {\n  a = local.b\n  b = local.a\n}\n" }, "app/a.tf:2"],
    ["a module that includes itself", { "app/a.tf": 'module "me" {\n  source = "../app"\n}\n' }, "app/a.tf:1"],
    [
      "modules that include each other",
      {
        "app/a.tf": 'module "a" {\n  source = "./a"\n}\n',
        "app/a/m.tf": '\nmodule "b" {\n  source = "../b"\n}\n',
        "app/b/m.tf": '\n\nmodule "a" {\n  source = "../a"\n}\n',
      },
      "app/b/m.tf:3",
    ],
    ["brackets without end", { "app/a.tf": `locals {\n  x = ${brackets(50_000)}\n}\n` }, "app/a.tf:2"],
    ["blocks without end", { "app/a.tf": "a {\n".repeat(5_000) + "}\n".repeat(5_000) }, "app/a.tf:251"],
    ["JSON without end", { "app/a.tf.json": `{"locals":{"a":${brackets(100_000)}}}` }, "app/a.tf.json:1"],
    [
      "values that grow without end",
      {
        "app/a.tf": `locals {\n  a0 = ["x", "x"]\n${doubled(40)}}\nresource "lab_bucket" "x" {\n  tags = local.a40\n}\n`,
      },
      "app/a.tf:",
    ],
    [
      "more instances than anybody means",
      { "app/a.tf": 'resource "lab_bucket" "x" {\n  count = 9000000\n}\n' },
      "app/a.tf:2",
    ],
  ])("%s", async (_, files: Record<string, string>, where) => {
    const { exitCode, others, said } = await scanned(files);
    expect(said).toContain(where);
    expect({ exitCode, others }).toEqual({ exitCode: 2, others: 1 });
  });

  test("a link that leads out of the tree", async () => {
    mkdirSync(join(folder, "app"));
    symlinkSync("/etc/passwd", join(folder, "app/b.tf"));
    const { exitCode, others, said } = await scanned({});
    expect(said).toContain("app/b.tf:1");
    expect({ exitCode, others }).toEqual({ exitCode: 2, others: 1 });
  });
});

function doubled(times: number): string {
  return Array.from(
    { length: times },
    (_, index) => `  a${index + 1} = concat(local.a${index}, local.a${index})\n`,
  ).join("");
}

test("a provider that no rule knows is told, with its place", async () => {
  const { exitCode, others, unknowns } = await scanned({
    "app/a.tf":
      'resource "nobody_knows" "x" {\n  a = 1\n}\nresource "nobody_else" "y" {}\nresource "random_id" "z" {}\n',
  });
  expect(unknowns).toEqual(["app/a.tf:1 no rule knows the provider nobody, so its 2 resources were not judged by one"]);
  expect({ exitCode, others }).toEqual({ exitCode: 1, others: 1 });
});

test("a plan with thousands of resources and values of megabytes is judged", async () => {
  const big = "x".repeat(5_000_000);
  const change = (index: number, after: object) => ({
    address: `lab_database.d[${index}]`,
    mode: "managed",
    type: "lab_database",
    name: "d",
    index,
    provider_name: "example.org/acme/lab",
    change: { actions: ["create"], before: null, after, after_unknown: {} },
  });
  const changes = Array.from({ length: 10_000 }, (_, index) =>
    change(index, { public: false, storage_encrypted: true }),
  );
  changes.push(change(10_000, { public: true, storage_encrypted: true, note: big }));
  const path = join(folder, "plan.json");
  writeFileSync(path, JSON.stringify({ format_version: "1.2", resource_changes: changes }));
  const { exitCode, stdout } = await plumb(["scan", path]);
  expect(exitCode).toBe(1);
  expect(stdout).toContain("lab_database.d[10000]");
  expect(stdout).toContain("10001 resources");
});
