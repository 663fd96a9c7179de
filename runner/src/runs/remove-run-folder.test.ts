import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { removeRunFolder } from "./remove-run-folder.ts";

test("a folder goes as a whole, also while another process takes files out of it", async () => {
  const base = mkdtempSync(join(tmpdir(), "remove-"));
  const folder = join(base, "run");
  const files = Array.from({ length: 2_000 }, (_, index) => join(folder, `f${index}`));
  const remover = spawn(
    process.execPath,
    [
      "-e",
      `const { rmSync } = require("node:fs");
       process.stdout.write("ready");
       for (const end = Date.now() + 60_000; Date.now() < end;)
         for (let index = 1999; index >= 0; index -= 1) rmSync(${JSON.stringify(folder)} + "/f" + index, { force: true });`,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  onTestFinished(() => {
    remover.kill("SIGKILL");
    rmSync(base, { recursive: true, force: true });
  });
  await new Promise((resolve) => remover.stdout.once("data", resolve));
  for (let round = 0; round < 20; round += 1) {
    mkdirSync(join(folder, "copy"), { recursive: true });
    for (const file of files) writeFileSync(file, "");
    await removeRunFolder(folder);
    expect(existsSync(folder)).toBe(false);
  }
});
