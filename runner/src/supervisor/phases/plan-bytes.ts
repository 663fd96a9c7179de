import { readdirSync } from "node:fs";
import { posix } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { problem } from "@plumbline/contract/errors";
import { embeddedConfigurationEquals } from "@plumbline/engine/plans/embedded-configuration";
import { readSavedPlan } from "@plumbline/engine/plans/saved-plan";
import { lockFileName, readLockFile } from "@plumbline/engine/terraform/lock-file";
import { readInside } from "../tree/read-inside.ts";
import type { RunContext } from "../run-context.ts";
import { stepPlaces } from "../steps/step-places.ts";
import type { Unpacked } from "../tree/tree.ts";

const largestModuleFile = 64 * 1024 * 1024;
const mostModuleFiles = 20_000;

/** Throws when the configuration inside a plan's bytes is not, byte for byte, the tree's and that of its modules. */
export function assertPlanOfTree(context: RunContext, unpacked: Unpacked, bytes: Buffer): void {
  const { engine, job } = context.config;
  const files = new Map<string, Uint8Array>([...unpacked.files, ...installedModules(context)]);
  // the engine writes the locks anew into the plan: what they say is compared, not comments and white space
  const { lockFile } = readSavedPlan(bytes);
  if (lockFile && sameLocks(Buffer.from(lockFile).toString("utf8"), unpacked.lockFile ?? ""))
    files.set(posix.join(job.directory, lockFileName), lockFile);
  const { equal, differences } = embeddedConfigurationEquals(bytes, {
    engine: engine.name,
    directory: job.directory,
    files,
  });
  if (equal) return;
  const shown = differences.slice(0, 10).join("; ");
  throw problem("run_failed", `The plan's configuration is not the repository's: ${shown}. The plan is worth nothing.`);
}

function sameLocks(left: string, right: string): boolean {
  const sorted = (text: string) => readLockFile(text).toSorted((a, b) => (a.address < b.address ? -1 : 1));
  try {
    return isDeepStrictEqual(sorted(left), sorted(right));
  } catch {
    return false; // what stands in the plan is no lock file
  }
}

/**
 * What `init` installed from registries, by the paths that the plan names: the engine's data folder stands outside of the
 * tree here, and the manifest where it is looked for.
 */
function installedModules(context: RunContext): Map<string, Buffer> {
  const { config, run } = context;
  const files = new Map<string, Buffer>();
  const manifest = readInside(run.data, "modules/modules.json", largestModuleFile);
  if (!manifest) return files;
  const { directory } = config.job;
  files.set(posix.join(directory, ".terraform/modules/modules.json"), manifest);
  const { data, work } = stepPlaces(config, run, "plan");
  const fromRoot = posix.relative(posix.join(work, directory), data);
  const paths = readdirSync(posix.join(run.data, "modules"), { recursive: true, encoding: "utf8" });
  if (paths.length > mostModuleFiles) throw problem("too_large", `the modules hold more than ${mostModuleFiles} files`);
  for (const path of paths) {
    const content = readInside(run.data, posix.join("modules", path), largestModuleFile);
    if (!content) continue;
    for (const base of [fromRoot, data])
      files.set(posix.normalize(posix.join(directory, base, "modules", path)), content);
  }
  return files;
}
