import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "plumbline-run-backup-"));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, "server.yaml"), "dataDir: data\n");
writeFileSync(join(folder, "some.plb"), "x");
// Somebody's folder: a package of ours would take this for its configuration and end.
writeFileSync(join(folder, "package.json"), JSON.stringify({ "graphile-worker": { schema: "other" } }));

/** What `plumb backup` and `plumb restore` start, called in `folder`. */
function said(...args: string[]): string {
  const { status, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, "main.ts"), ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: process.env["PATH"] ?? "" },
  });
  expect(status).toBe(1);
  return stderr;
}

test.each([
  [["write", "--config", "server.yaml"], "--output is missing", "plumb backup --config FILE --output FILE"],
  [["restore", "--config", "server.yaml"], "file is missing", "plumb restore --config FILE BACKUP"],
  [
    ["write", "--config", "server.yaml", "--output", "some.plb"],
    "some.plb is there already",
    "Name a file that is not",
  ],
  [["restore", "--config", "server.yaml", "none.plb"], "There is no", "Name a backup"],
  [
    ["restore", "--config", "server.yaml", "some.plb"],
    "A backup opens with its own root key",
    "Put the copy of the root key",
  ],
  [["restore", "--config", "none.yaml", "some.plb"], "none.yaml cannot be read", "Correct the path after --config"],
])("%j says what is wrong and what to do, and makes nothing", (args, what, next) => {
  const text = said(...args);
  expect(text).toContain(what);
  expect(text).toContain(next);
  expect(existsSync(join(folder, "data"))).toBe(false);
});

test("an argument that is not known is told with how it is used", () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, "main.ts"), "write", "--outptu", "x"],
    {
      encoding: "utf8",
    },
  );
  expect(status).toBe(78);
  expect(stderr).toContain("Unknown option '--outptu'");
  expect(stderr).toContain("write --config FILE --output FILE");
  expect(stderr).not.toContain("    at ");
});
