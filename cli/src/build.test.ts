import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const here = fileURLToPath(new URL(".", import.meta.url));

test("the bundle works where nothing else of the checkout is", () => {
  expect(spawnSync(process.execPath, [join(here, "build.ts")], { encoding: "utf8" })).toMatchObject({
    status: 0,
    stderr: "",
  });
  const folder = mkdtempSync(join(tmpdir(), "plumb-"));
  cpSync(join(here, "../dist"), folder, { recursive: true });
  const example = join(here, "../../examples/shop-infrastructure");
  const plumb = (...args: string[]) =>
    spawnSync(process.execPath, [join(folder, "main.js"), ...args], { encoding: "utf8", cwd: folder, env: {} });
  expect(plumb("--version").stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(plumb("validate", example)).toMatchObject({ status: 0, stdout: "No errors.\n", stderr: "" });
  expect(plumb("scan", example, "--format", "sarif")).toMatchObject({ stderr: "" });
  expect(plumb("init", example, "--json").stdout).toContain('"rootModules": 3');
  expect(plumb("server")).toMatchObject({ status: 1, stderr: expect.stringContaining("whole checkout") });
  rmSync(folder, { recursive: true });
});
