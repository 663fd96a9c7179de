import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findOpa } from "@plumbline/policy";
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
  const beside = join(options.folder, `runner-${options.name}`);
  const short = join(tmpdir(), `plumbline-${createHash("sha256").update(beside).digest("hex").slice(0, 12)}`);
  const config = {
    server: options.url,
    token: options.token,
    dataDirectory: beside.length <= longestFolder ? beside : short,
    engines: [options.engine],
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
