import { realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { problem } from "@plumbline/contract/errors";
import { foldersOf, hashOfTool, verifyTool } from "@plumbline/policy/scanners/hash-tool";
import { toolOf } from "@plumbline/policy/scanners/tool-configuration";
import type { ScannerConfiguration } from "@plumbline/policy/scanners/tool-configuration";
import { sandboxPaths } from "./sandbox/paths.ts";
import { regoRequests } from "./supervisor/phases/rego-requests.ts";
import type { RunnerScanner, SupervisorJob } from "./supervisor/supervisor-job.ts";

/** A program for the check that was held against its hash. */
interface Hashed {
  /** What the hash is over. */
  hashed: string;
  sha256: string;
}

/** The programs that checks use besides Plumbline's own. */
export interface CheckTools {
  opa: ({ path: string; stamp: string } & Hashed) | undefined;
  scanners: (RunnerScanner & Hashed)[];
}

/** Holds the configured programs against their hashes. Throws `tool_missing` or `tool_changed`. */
export async function findCheckTools(
  opa: string | { path: string; sha256: string } | undefined,
  scanners: readonly ScannerConfiguration[],
): Promise<CheckTools> {
  return { opa: await findConfiguredOpa(opa), scanners: await Promise.all(scanners.map(findScanner)) };
}

async function findConfiguredOpa(
  opa: string | { path: string; sha256: string } | undefined,
): Promise<CheckTools["opa"]> {
  if (opa === undefined) return undefined;
  const path = existing("opa", typeof opa === "string" ? opa : opa.path);
  const stamp = stampOf(path);
  const sha256 = typeof opa === "string" ? await hashOfTool(path) : opa.sha256;
  await verifyTool(path, sha256);
  return { path, hashed: path, sha256, stamp };
}

async function findScanner(configured: ScannerConfiguration): Promise<RunnerScanner & Hashed> {
  const { name, path, directory, sha256, needs } = configured;
  // A program inside its folder is started where it stands: a virtual environment finds itself by its own path.
  const program = directory === undefined ? existing(name, path) : path;
  const hashed = directory ?? program;
  existing(name, path);
  await verifyTool(hashed, sha256);
  const mounts = [...(await foldersOf(program, directory)), ...needs];
  const hidden = mounts.find((path) => hiddenBelow.some((folder) => path === folder || path.startsWith(`${folder}/`)));
  if (hidden !== undefined)
    throw problem(
      "config_invalid",
      `scanners: ${name} needs ${hidden}, but a sandbox has something else there. Move it.`,
    );
  return { tool: { ...toolOf(configured), program }, mounts, hashed, sha256 };
}

/**
 * Makes sure that what a job's check will use is still what was accepted, and picks the scanners that its policy asks
 * for. Throws `tool_changed`.
 */
export async function scannersFor(
  tools: CheckTools,
  { job, policy }: Pick<SupervisorJob, "job" | "policy">,
): Promise<RunnerScanner[]> {
  const { opa } = tools;
  const usesOpa = Object.keys(regoRequests(job.check, "")).length > 0;
  if (opa && usesOpa && stampOf(opa.path) !== opa.stamp) await verifyTool(opa.hashed, opa.sha256);
  const asked = new Set("configuration" in policy ? (policy.configuration.scanners ?? []).map(({ name }) => name) : []);
  const chosen = tools.scanners.filter(({ tool }) => asked.has(tool.name));
  await Promise.all(chosen.map(({ hashed, sha256 }) => verifyTool(hashed, sha256)));
  return chosen.map(({ tool, mounts }) => ({ tool, mounts }));
}

/** What sandboxes have at paths of their own cannot also be what the host has there. */
export const hiddenBelow: readonly string[] = [sandboxPaths.work, dirname(sandboxPaths.app), "/proc", "/dev"];

function existing(name: string, path: string): string {
  try {
    return realpathSync(path);
  } catch {
    throw problem("tool_missing", `${name} is configured as ${path}, but that file does not exist.`);
  }
}

function stampOf(path: string): string {
  const { dev, ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
  return [dev, ino, size, mtimeNs, ctimeNs].join(":");
}
