import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildLabMirror, lockFile } from "./build-provider.ts";
import { findTerraform, runTerraform } from "./testing/terraform.ts";

const EXAMPLE = join(dirname(fileURLToPath(import.meta.url)), "../../examples/shop-infrastructure/components");
const terraform = findTerraform();

describe("the provider's mirror", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "lab-build-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("has the same bytes each time and on each platform", async () => {
    const first = await buildLabMirror(join(folder, "one"));
    const second = await buildLabMirror(join(folder, "two"));
    expect(second.h1).toBe(first.h1);
    const read = (dir: string, platform: string) =>
      readFile(join(dir, first.source, first.version, platform, `terraform-provider-lab_v${first.version}`), "utf8");
    const bytes = await read(first.dir, "linux_amd64");
    expect(bytes.startsWith("#!/usr/bin/env node\n")).toBe(true);
    expect(await read(second.dir, "darwin_arm64")).toBe(bytes);
    expect(bytes).not.toContain(dirname(EXAMPLE));
  });

  it.each(["network", "database", "shop"])(
    "is what the lock file of %s names (else: node lab/src/write-lock-files.ts)",
    async (component) => {
      const mirror = await buildLabMirror(join(folder, "one"));
      expect(await readFile(join(EXAMPLE, component, ".terraform.lock.hcl"), "utf8")).toBe(lockFile(mirror));
    },
  );

  it.skipIf(terraform === undefined)("has the hash that terraform computes itself", async () => {
    const mirror = await buildLabMirror(join(folder, "one"));
    const cwd = await mkdtemp(join(folder, "locked-"));
    const code = `terraform {\n  required_providers {\n    lab = { source = "${mirror.source}", version = "${mirror.version}" }\n  }\n}\n`;
    await writeFile(join(cwd, "main.tf"), code);
    const args = ["providers", "lock", `-fs-mirror=${mirror.dir}`, "-platform=linux_amd64", "-platform=darwin_arm64"];
    const locked = await runTerraform(terraform ?? "", cwd, args, {});
    expect(locked.code).toBe(0);
    expect(await readFile(join(cwd, ".terraform.lock.hcl"), "utf8")).toBe(lockFile(mirror));
  });
});
