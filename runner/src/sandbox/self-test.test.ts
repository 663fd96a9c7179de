import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findProgram } from "./find-program.ts";
import { readHostLayout } from "./host-layout.ts";
import { defaultLimits, withinHardLimits } from "./limits.ts";
import { sandboxSelfTest } from "./self-test.ts";

describe("sandboxSelfTest", () => {
  const options = (folder: string) => ({
    program: findProgram("bwrap") ?? "/nonexistent/bwrap",
    prlimit: findProgram("prlimit") ?? "",
    limits: withinHardLimits(defaultLimits, readFileSync("/proc/self/limits", "utf8")),
    node: realpathSync(process.execPath),
    host: readHostLayout(),
    folder,
  });

  it("finds that the sandbox of this machine holds", async () => {
    const folder = mkdtempSync(join(tmpdir(), "self-test-"));
    await expect(sandboxSelfTest(options(folder))).resolves.toBeUndefined();
    rmSync(folder, { recursive: true });
  });

  it("finds a sandbox that shows too much", async () => {
    // not below /tmp, where every sandbox has its own
    const folder = mkdtempSync("/var/tmp/self-test-");
    const host = readHostLayout();
    const leaky = { ...options(folder), host: { ...host, folders: [...host.folders, folder] } };
    await expect(sandboxSelfTest(leaky)).rejects.toThrow("it reads files of this machine");
    rmSync(folder, { recursive: true });
  });

  it("says when bubblewrap does not work", async () => {
    const folder = mkdtempSync(join(tmpdir(), "self-test-"));
    await expect(sandboxSelfTest({ ...options(folder), prlimit: "/nonexistent" })).rejects.toThrow(
      "does not work on this machine",
    );
    rmSync(folder, { recursive: true });
  });
});
