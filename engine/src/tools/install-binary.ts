import { randomBytes } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { EngineName } from "../terraform/engine-name.ts";

/**
 * Writes a binary to `<folder>/<name>_<version>_<platform>/<name>`, where runners look, and answers that path. It appears
 * there whole or not at all.
 */
export async function installBinary(
  folder: string,
  release: { name: EngineName; version: string; platform: string },
  bytes: Uint8Array,
): Promise<string> {
  const { name, version, platform } = release;
  const home = join(folder, `${name}_${version}_${platform}`);
  await mkdir(home, { recursive: true, mode: 0o755 });
  const path = join(home, name);
  const beside = join(home, `.${name}.${randomBytes(6).toString("hex")}`);
  try {
    const file = await open(beside, "wx", 0o755);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  return path;
}
