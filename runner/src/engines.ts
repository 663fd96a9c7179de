import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { problem } from "@plumbline/contract/errors";
import { readVersion, versionArguments } from "@plumbline/engine/terraform/commands";
import type { EngineName } from "@plumbline/engine/terraform/engine-name";
import { satisfies } from "@plumbline/engine/terraform/version-constraint";
import type { EngineBinary } from "./supervisor/supervisor-job.ts";

/** An engine binary whose content was hashed once; it is hashed again when the file is touched. */
export interface Engine extends EngineBinary {
  /** Device, inode, size and times of the file when it was hashed. */
  stamp: string;
}

/** Hashes the configured binaries and asks them for their versions. Throws `tool_missing` or `tool_changed`. */
export async function findEngines(
  configured: readonly { name: EngineName; path: string; sha256?: string | undefined }[],
): Promise<Engine[]> {
  return Promise.all(
    configured.map(async ({ name, path, sha256 }) => {
      const file = await realpath(path).catch(() => undefined);
      if (file === undefined)
        throw problem("tool_missing", `${name} is configured as ${path}, but that file does not exist.`);
      const stamp = await stampOf(file);
      const actual = await hashOf(file);
      if (sha256 !== undefined && sha256 !== actual) throw changed(file, sha256, actual);
      return { name, path: file, version: await askVersion(name, file), sha256: actual, stamp };
    }),
  );
}

/** The newest engine that satisfies a constraint. Throws `tool_missing`, naming what there is. */
export function chooseEngine(engines: readonly Engine[], name: EngineName, constraint: string): Engine {
  const fitting = engines.filter((engine) => engine.name === name && satisfies(engine.version, constraint));
  const [best] = fitting.toSorted((left, right) => (satisfies(left.version, `>= ${right.version}`) ? -1 : 1));
  if (best) return best;
  const known = engines.map((engine) => `${engine.name} ${engine.version}`).join(", ");
  throw problem(
    "tool_missing",
    `No ${name} that satisfies "${constraint}" is on this runner; it has ${known || "none"}.`,
  );
}

/** Makes sure that a binary is still the one that was hashed. Throws `tool_changed`. */
export async function verifyEngine(engine: Engine): Promise<void> {
  if ((await stampOf(engine.path)) === engine.stamp) return;
  const actual = await hashOf(engine.path);
  if (actual !== engine.sha256) throw changed(engine.path, engine.sha256, actual);
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
    return readVersion(stdout);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw problem("tool_missing", `${name} at ${path} does not say its version: ${why}`);
  }
}

async function stampOf(path: string): Promise<string> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
  return [dev, ino, size, mtimeNs, ctimeNs].join(":");
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest("hex");
}
