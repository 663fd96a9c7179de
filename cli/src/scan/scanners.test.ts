import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { plumb } from "../testing/fake-terminal.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plumb-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (path: string) => join(folder, path);
const write = (path: string, text: string, mode = 0o644) => {
  writeFileSync(at(path), text);
  chmodSync(at(path), mode);
  return at(path);
};

const environment = { PATH: `/usr/local/bin:/usr/bin:/bin` };
const main = `resource "lab_database" "orders" {\n  public            = true\n  storage_encrypted = true\n}\n`;

/** A scanner that reports line 2 of every main.tf below what it is given, and what it can write to. */
const program = `#!/bin/sh
touch "$(dirname "$0")/touched" 2>/dev/null
file=$(find "$1" -name main.tf)
printf '{"version":"2.1.0","runs":[{"results":[{"ruleId":"H1","level":"error","message":{"text":"seen"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"file://%s"},"region":{"startLine":2}}}]}]}]}' "$file"
`;

async function configured(more = "") {
  const path = write("house", program, 0o755);
  const { stdout } = await plumb(["scanners", "hash", path], { env: environment });
  return write(
    "scanners.yaml",
    `scanners:\n  - { name: house, kind: sarif, path: ${path}, sha256: ${stdout.trim()}, arguments: ["{sources}"]${more} }\n`,
  );
}

describe("plumb scan --scanner", () => {
  test("lists what the scanner saw, too, on our lines", async () => {
    const scanners = await configured();
    write("main.tf", main);
    const { stdout, exitCode } = await plumb(
      ["scan", at("main.tf/.."), "--scanner", "house", "--scanners", scanners, "--json"],
      { env: environment },
    );
    expect(exitCode).toBe(1);
    // Without bubblewrap there is no sandbox that could keep it from writing.
    expect(existsSync(at("touched"))).toBe(!existsSync("/usr/bin/bwrap"));
    const { findings, failures } = JSON.parse(stdout);
    expect(failures).toEqual([]);
    expect(findings).toContainEqual(
      expect.objectContaining({
        rule: "house:H1",
        severity: "high",
        address: "lab_database.orders",
        place: expect.objectContaining({ line: 1 }),
        seenBy: ["house"],
      }),
    );
  });

  test("a program that is another one is not started", async () => {
    const scanners = await configured();
    write("house", `${program}\n# changed`, 0o755);
    write("main.tf", main);
    const { stderr, exitCode } = await plumb(["scan", folder, "--scanner", "house", "--scanners", scanners], {
      env: environment,
    });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/house has the\s+SHA-256/);
  });

  test("one that a policy asks for and is not there ends with 2", async () => {
    write("main.tf", main);
    write("plumbline-policy.yaml", "version: 1\nscanners: [{ name: house, kind: sarif }]\n");
    const { stdout, exitCode } = await plumb(["scan", folder, "--policies", folder], {
      env: environment,
    });
    expect(exitCode).toBe(2);
    expect(stdout).toContain("asks for the scanner house (sarif), which is not configured here");
  });

  test("one that nobody knows, or that is described wrongly, is told", async () => {
    write("main.tf", main);
    expect(await plumb(["scan", folder, "--scanner", "nobody"], { env: environment })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("There is no scanner nobody"),
    });
    const scanners = await configured(", colour: red");
    const { stderr, exitCode } = await plumb(["scan", folder, "--scanner", "house", "--scanners", scanners], {
      env: environment,
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("scanners.0");
  });

  test("cannot read a state", async () => {
    const scanners = await configured();
    const state = write("state.json", JSON.stringify({ version: 4, lineage: "x", serial: 1, resources: [] }));
    const { stdout, exitCode } = await plumb(["scan", state, "--scanner", "house", "--scanners", scanners], {
      env: environment,
    });
    expect(exitCode).toBe(2);
    expect(stdout).toContain("scanners read plans and sources");
  });
});
