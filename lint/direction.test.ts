import { existsSync, readdirSync, readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync, mkdirSync, cpSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { domains, programs, violation } from "./direction.mjs";

const root = resolve(import.meta.dirname, "..");
const at = (path: string) => join(root, path);

test.each([
  ["contract/src/a.ts", "server/src/platform/log.ts"],
  ["cli/src/a.ts", "server/src/main.ts"],
  ["runner/src/a.ts", "server/src/runs/run.ts"],
  ["web/src/a.ts", "engine/src/index.ts"],
  ["server/src/platform/a.ts", "server/src/runs/run.ts"],
  ["server/src/runs/a.ts", "server/src/pull-requests/gate.ts"],
  ["server/src/drift/a.ts", "server/src/runs/run-store.ts"],
  ["server/src/runs/a.ts", "server/src/main.ts"],
  ["server/src/nowhere/a.ts", "server/src/platform/log.ts"],
])("%s may not import %s", (from, to) => {
  expect(violation(at(from), at(to))).toBeTypeOf("string");
});

test.each([
  ["server/src/runs/a.ts", "server/src/platform/log.ts"],
  ["server/src/runs/a.ts", "server/src/runs/run-store.ts"],
  ["server/src/drift/a.ts", "server/src/runs/start-drift-run.ts"],
  ["server/src/main.ts", "server/src/runs/run-routes.ts"],
  ["web/src/a.ts", "contract/src/index.ts"],
])("%s may import %s", (from, to) => {
  expect(violation(at(from), at(to))).toBeUndefined();
});

test("the linter itself reports a planted violation", () => {
  const folder = mkdtempSync(join(tmpdir(), "plumbline-lint-"));
  cpSync(at("lint"), join(folder, "lint"), { recursive: true });
  cpSync(at(".oxlintrc.json"), join(folder, ".oxlintrc.json"));
  cpSync(at("package.json"), join(folder, "package.json"));
  symlinkSync(at("node_modules"), join(folder, "node_modules"));
  mkdirSync(join(folder, "contract/src"), { recursive: true });
  writeFileSync(join(folder, "contract/package.json"), "{}");
  writeFileSync(
    join(folder, "contract/src/bad.ts"),
    'import { x } from "../../server/src/x.ts";\nexport const y = x;\n',
  );
  let output = "";
  try {
    output = execFileSync(at("node_modules/.bin/oxlint"), ["contract"], { cwd: folder, encoding: "utf8" });
  } catch (error) {
    output = String((error as { stdout: string }).stdout);
  }
  expect(output).toContain("contract/ may not import server/");
});

test("docs/architecture.md shows the same table as the rule", () => {
  const page = readFileSync(at("docs/architecture.md"), "utf8");
  for (const [program, allowed] of Object.entries(programs))
    expect(page).toContain(
      `| \`${program}/\` | ${allowed.length === 0 ? "nothing" : allowed.map((name) => `\`${name}\``).join(", ")} |`,
    );
  expect(page).toContain(domains.map((domain) => `\`${domain}\``).join(" ← "));
});

test("every folder of the server is a domain of the list, and every domain of the list is a folder", () => {
  const folders = readdirSync(at("server/src"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "testing")
    .map((entry) => entry.name);
  expect(folders.sort()).toEqual([...domains].sort());
  for (const program of Object.keys(programs)) expect(existsSync(at(program))).toBe(true);
});

test("docs/architecture.md names every folder of policy, and no other", () => {
  const page = readFileSync(at("docs/architecture.md"), "utf8");
  const [, section = ""] = page.split("## Inside policy");
  const named = [...(section.split("\n## ")[0]?.matchAll(/^\| (.+?) \|/gm) ?? [])]
    .flatMap(([, cell = ""]) => [...cell.matchAll(/`([a-z]+)\/`/g)])
    .map(([, folder = ""]) => folder);
  const folders = readdirSync(at("policy/src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(new Set(named)).toEqual(new Set(folders.map(({ name }) => name)));
});

test.each(["pull-requests", "runs"])("docs/architecture.md names the folders of %s", (domain) => {
  const page = readFileSync(at("docs/architecture.md"), "utf8").replaceAll("\n", " ");
  const [, list = ""] = new RegExp(`\`${domain}/\` \\(([a-z, -]+)\\)`).exec(page) ?? [];
  const folders = readdirSync(at(`server/src/${domain}`), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "testing")
    .map(({ name }) => name);
  expect(list.split(", ").sort()).toEqual(folders.sort());
});
