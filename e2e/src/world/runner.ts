import { createHash } from "node:crypto";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findOpa } from "@plumbline/policy/rego/find-opa";
import { startProcess } from "./process.ts";
import type { StartedProcess } from "./process.ts";
import { root } from "./world.ts";

/** How a runner is set up. */
export interface RunnerOptions {
  folder: string;
  name: string;
  url: string;
  token: string;
  engine: { name: "terraform" | "tofu"; path: string };
  /** Further engines that it brings. */
  otherEngines?: readonly { name: "terraform" | "tofu"; path: string }[];
  /** Filesystem mirrors of providers. */
  mirrors: string[];
  /** Names that only runs know, and where they lead, host:port. */
  names?: Record<string, string>;
  capacity?: number;
}

/** A runner's sockets stand below its folder, and a socket's path is at most 107 bytes long. */
const longestFolder = 50;

/** Starts a runner; started again with the same name in the same folder it takes up what it left. */
export async function startRunner(options: RunnerOptions): Promise<StartedProcess> {
  const opa = await findOpa();
  const config = {
    server: options.url,
    token: options.token,
    dataDirectory: dataDirectoryOf(options.folder, options.name),
    engines: [options.engine, ...(options.otherEngines ?? [])],
    mirrors: options.mirrors,
    egress: { names: options.names ?? {} },
    ...(options.capacity === undefined ? {} : { capacity: options.capacity }),
    ...(opa === undefined ? {} : { opa }),
  };
  const file = join(options.folder, `runner-${options.name}.json`);
  writeFileSync(file, JSON.stringify(config, null, 2), { mode: 0o600 });
  return startProcess([process.execPath, join(root, "runner/src/main.ts"), file], {
    logFile: join(options.folder, `logs/runner-${options.name}.log`),
  });
}

/** How many runs a runner that was stopped has left: applies that go on by themselves, or whose end is to be reported. */
export function leftRuns(folder: string, name: string): number {
  const runs = join(dataDirectoryOf(folder, name), "runs");
  return existsSync(runs) ? readdirSync(runs).length : 0;
}

function dataDirectoryOf(folder: string, name: string): string {
  const beside = join(folder, `runner-${name}`);
  const short = join(tmpdir(), `plumbline-${createHash("sha256").update(beside).digest("hex").slice(0, 12)}`);
  return beside.length <= longestFolder ? beside : short;
}
