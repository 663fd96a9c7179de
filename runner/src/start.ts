import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { problem } from "@plumbline/contract/errors";
import { findCheckTools } from "./check-tools.ts";
import type { RunnerConfig } from "./config.ts";
import { fetchedFolder, toolFetcher } from "./fetch-tools.ts";
import { serverClient } from "./jobs/server-client.ts";
import { log } from "./log.ts";
import { bundlePrograms } from "./programs/bundle-programs.ts";
import type { RunnerParts } from "./runner.ts";
import { findProgram } from "./sandbox/find-program.ts";
import { readHostLayout } from "./sandbox/host-layout.ts";
import { withinHardLimits } from "./sandbox/limits.ts";
import { sandboxSelfTest } from "./sandbox/self-test.ts";
import { warmCompileCache } from "./sandbox/warm-cache.ts";
import { openToolbox } from "./toolbox.ts";
import { runDirectory } from "./supervisor/run-directory.ts";
import type { SandboxChoice } from "./supervisor/supervisor-job.ts";

/** A mirror without links in its path, as a sandbox needs it. */
export function mirrorFolder(path: string): string {
  try {
    return realpathSync(path);
  } catch (cause) {
    throw problem("config_invalid", `mirrors: there is no folder ${path} that this user may enter.`, {
      next: "Fill it (terraform providers mirror FOLDER), or take it out and say directRegistry: true with egress.allow.init.",
      cause,
    });
  }
}

/** Makes a folder in the runner's own. Somebody else's folder, or a container's root that is read-only, is named. */
function makeOwn(folder: string, dataDirectory: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    // a full disk is not among these: that passes
    if (typeof code !== "string" || !["EACCES", "ENOENT", "ENOTDIR", "EPERM", "EROFS"].includes(code)) throw cause;
    throw problem("config_invalid", `dataDirectory: in ${dataDirectory} nothing can be written (${code}).`, {
      cause,
      next: "Name a folder that the runner's user owns; in a container, a volume.",
    });
  }
}

/** Looks at the machine, tests the sandbox, and puts together what a runner works with. Throws Problems. */
export async function prepareRunner(config: RunnerConfig): Promise<RunnerParts> {
  const { dataDirectory } = config;
  const cache = join(dataDirectory, "compile-cache");
  makeOwn(cache, dataDirectory);
  const prlimit = findProgram("prlimit");
  if (!prlimit) throw problem("tool_missing", "prlimit is missing; it belongs to the package util-linux.");
  const node = realpathSync(process.execPath);
  const limits = withinHardLimits(config.limits, readFileSync("/proc/self/limits", "utf8"));
  const sandbox = chooseSandbox(config);
  const programs = await bundlePrograms(join(dataDirectory, "programs"), jobsOf(join(dataDirectory, "runs")));
  if (sandbox.kind === "bubblewrap") {
    await sandboxSelfTest({ ...sandbox, prlimit, limits, node, folder: dataDirectory });
    const isWarm = await warmCompileCache({ ...sandbox, node, checks: programs.checks, cache, folder: dataDirectory });
    if (!isWarm) log("warn", "the check program did not run in its trial; runs will show why");
  } else log("warn", "runs are NOT sandboxed", { reason: sandbox.reason });
  const checkTools = await findCheckTools(config.opa, config.scanners);
  const authority = config.serverCertificateAuthority;
  return {
    server: serverClient(new URL(config.server), config.token, authority ? readFileSync(authority, "utf8") : undefined),
    tools: await openToolbox({
      engines: config.engines ?? [],
      folders: [...(config.toolFolders ?? []), fetchedFolder(dataDirectory)],
      searchPath: config.engines === undefined && config.toolFolders === undefined ? process.env["PATH"] : undefined,
    }),
    fetchTools: config.toolMirror === undefined ? undefined : toolFetcher(config.toolMirror, dataDirectory),
    checkTools,
    capacity: config.capacity ?? availableParallelism(),
    dataDirectory,
    version: readVersion(),
    stopSeconds: config.stopSeconds,
    applyStopSeconds: config.applyStopSeconds,
    machine: {
      node,
      prlimit,
      sandbox,
      programs,
      limits,
      mirrors: config.mirrors.map(mirrorFolder),
      direct: config.directRegistry,
      egress: config.egress,
      certificates: config.certificates ?? null,
      tools: checkTools.opa ? { opa: checkTools.opa.path } : {},
      compileCache: cache,
      prepared: join(dataDirectory, "prepared"),
      graceSeconds: config.graceSeconds,
      largestTree: config.largestTree,
    },
  };
}

function chooseSandbox(config: RunnerConfig): SandboxChoice {
  if (config.sandbox === "none") return { kind: "none", reason: config.sandboxReason ?? "" };
  const program = findProgram("bwrap");
  if (!program) throw problem("sandbox_unavailable", "bwrap is missing; it belongs to the package bubblewrap.");
  return { kind: "bubblewrap", program, host: readHostLayout() };
}

/** What is written down about the runs that an earlier runner left. */
function jobsOf(runs: string): string[] {
  if (!existsSync(runs)) return [];
  const files = readdirSync(runs).map((name) => runDirectory(join(runs, name)).job);
  return files.filter((file) => existsSync(file)).map((file) => readFileSync(file, "utf8"));
}

function readVersion(): string {
  const file: { version: string } = JSON.parse(readFileSync(join(import.meta.dirname, "..", "package.json"), "utf8"));
  return file.version;
}
