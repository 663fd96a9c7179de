import { createHash } from "node:crypto";
import { closeSync, fstatSync, lstatSync, openSync, readdirSync, readlinkSync, readSync } from "node:fs";
import { join, posix } from "node:path";
import type { LockedProvider } from "@plumbline/engine/terraform/lock-file";
import type { RunDirectory } from "../run-directory.ts";
import { stepPlaces } from "../steps/step-places.ts";
import type { SupervisorJob } from "../supervisor-job.ts";

const mostFiles = 1_000;
const chunk = 4 * 1024 * 1024;

/**
 * The program of a locked provider, as a path inside the plan's and the apply's sandbox, where what `init` left is unpacked,
 * holds plain files and has one of the lock file's hashes. Undefined otherwise: then it is the engine's to say what is wrong.
 */
export function verifiedProvider(
  config: SupervisorJob,
  run: RunDirectory,
  provider: LockedProvider,
): string | undefined {
  const folder = posix.join("providers", provider.address, provider.version);
  const [platform, ...more] = readdirSync(join(run.data, folder));
  if (platform === undefined || more.length > 0) return undefined;
  const inside = posix.join(folder, platform);
  const onHost = hostFolder(config, run, inside);
  if (onHost === undefined) return undefined;
  const names = plainFiles(onHost);
  const program = names?.find((name) => isProgram(name, provider));
  if (!names || program === undefined || !provider.hashes.includes(packageHash(onHost, names))) return undefined;
  return posix.join(stepPlaces(config, run, "plan").data, inside, program);
}

/** Where a folder of the engine's data folder really stands: there, or in a mirror that it is a link into. */
function hostFolder(config: SupervisorJob, run: RunDirectory, path: string): string | undefined {
  const at = join(run.data, path);
  const facts = lstatSync(at);
  if (facts.isDirectory()) return at;
  if (!facts.isSymbolicLink()) return undefined;
  const target = readlinkSync(at);
  const { mirrors } = stepPlaces(config, run, "plan");
  for (const [index, mirror] of mirrors.entries()) {
    const below = posix.relative(mirror, target);
    const real = config.mirrors[index];
    if (!below.startsWith("..") && !posix.isAbsolute(below) && real !== undefined) return join(real, below);
  }
  return undefined;
}

/** Paths of all files below, sorted by their bytes. Undefined where something else than files and folders stands there. */
function plainFiles(folder: string): string[] | undefined {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  if (entries.length > mostFiles || entries.some((entry) => !entry.isFile() && !entry.isDirectory())) return undefined;
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => posix.relative(folder, posix.join(entry.parentPath, entry.name)))
    .toSorted((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
}

/** The engine takes the first file that is named like this, whatever follows. */
function isProgram(name: string, { address }: LockedProvider): boolean {
  const wanted = `terraform-provider-${posix.basename(address)}`;
  return name.startsWith(wanted) && !name.includes("/") && /^([_.]|$)/.test(name.slice(wanted.length));
}

/**
 * The `h1:` hash of a package: SHA-256 over a line per file, "<sha256 in hex>  <path>\n"
 * (format: https://pkg.go.dev/golang.org/x/mod/sumdb/dirhash#Hash1).
 */
function packageHash(folder: string, names: readonly string[]): string {
  const summary = createHash("sha256");
  for (const name of names) summary.update(`${fileHash(join(folder, name))}  ${name}\n`);
  return `h1:${summary.digest("base64")}`;
}

function fileHash(file: string): string {
  const hash = createHash("sha256");
  const descriptor = openSync(file, "r");
  try {
    const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(chunk, fstatSync(descriptor).size)));
    for (let length = readSync(descriptor, buffer); length > 0; length = readSync(descriptor, buffer))
      hash.update(buffer.subarray(0, length));
  } finally {
    closeSync(descriptor);
  }
  return hash.digest("hex");
}
