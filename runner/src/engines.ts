import { createHash } from "node:crypto";
import { execFile } from "node:child_process";
import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { problem } from "@plumbline/contract/errors";
import type { OfferedTool } from "@plumbline/contract/tools";
import { ToolVersion } from "@plumbline/contract/tools";
import { readVersion, versionArguments } from "@plumbline/engine/terraform/commands";
import type { EngineName } from "@plumbline/engine/terraform/engine-name";
import { thisPlatform } from "@plumbline/engine/tools/release";
import type { EngineBinary } from "./supervisor/supervisor-job.ts";

/** An engine binary whose content was hashed once; it is hashed again when the file is touched. */
export interface Engine extends EngineBinary {
  /** Device, inode, size and times of the file when it was hashed. */
  stamp: string;
}

/** A file that may be an engine. `sha256`: the only content that the operator of this machine allows. */
export interface EngineFile {
  name: EngineName;
  path: string;
  sha256?: string | undefined;
}

/** Hashes a binary and asks it for its version. Throws `tool_missing` or `tool_changed`. */
export async function readEngine({ name, path, sha256 }: EngineFile): Promise<Engine> {
  const file = await realpath(path).catch(() => undefined);
  if (file === undefined)
    throw problem("tool_missing", `${name} is configured as ${path}, but that file does not exist.`);
  const stamp = await stampOf(file);
  const actual = await hashOf(file);
  if (sha256 !== undefined && sha256 !== actual) throw changed(file, sha256, actual);
  return { name, path: file, version: await askVersion(name, file), sha256: actual, stamp };
}

/** Makes sure that a binary is still the one that was hashed: one look at the file, unless it was touched. Throws `tool_changed`. */
export async function verifyEngine(engine: Engine): Promise<void> {
  if ((await stampOf(engine.path).catch(() => "")) === engine.stamp) return;
  const actual = await hashOf(engine.path).catch(() => "none: the file is gone");
  if (actual !== engine.sha256) throw changed(engine.path, engine.sha256, actual);
}

/** An engine as the server is told of it. */
export function offerOf({ name, version, sha256 }: Engine): OfferedTool {
  return { name, version, platform: thisPlatform(), sha256 };
}

/** Device, inode, size and times of a file. Throws where there is none. */
export async function stampOf(path: string): Promise<string> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
  return [dev, ino, size, mtimeNs, ctimeNs].join(":");
}

function changed(path: string, expected: string, actual: string): Error {
  return problem("tool_changed", `${path} has the SHA-256 ${actual}; accepted was ${expected}.`);
}

async function askVersion(name: EngineName, path: string): Promise<string> {
  try {
    const environment = {
      PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
      CHECKPOINT_DISABLE: "1",
      HOME: "/nonexistent",
    };
    const { stdout } = await promisify(execFile)(path, versionArguments(), { env: environment, timeout: 30_000 });
    return ToolVersion.parse(readVersion(stdout));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw problem("tool_missing", `${name} at ${path} does not say its version: ${why}`);
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest("hex");
}
