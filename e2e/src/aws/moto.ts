import { execFile } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { startProcess } from "../world/process.ts";
import type { StartedProcess } from "../world/process.ts";
import { findOnPath } from "../world/tools.ts";
import { until } from "../world/wait.ts";
import { root } from "../world/world.ts";

const version = "5.2.5";
const run = promisify(execFile);

/** A running emulator of AWS. It keeps everything in memory. */
export interface Moto {
  /** host:port on this machine. */
  readonly address: string;
  readonly url: string;
  readonly process: StartedProcess;
}

/**
 * The folder of a Python virtual environment with moto in it, made once and kept in the checkout's cache. Throws, saying
 * why, where it cannot be made.
 */
export async function installMoto(): Promise<string> {
  const folder = join(root, ".cache", `moto-${version}`);
  const complete = join(folder, "complete");
  if (existsSync(complete)) return folder;
  const python = findOnPath("python3");
  if (python === undefined)
    throw new Error("python3 is not on PATH, so moto (an emulator of AWS) cannot be installed.");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(root, ".cache"), { recursive: true });
  try {
    await run(python, ["-m", "venv", folder]);
    await run(join(folder, "bin/python"), ["-m", "pip", "install", "--quiet", `moto[server]==${version}`], {
      maxBuffer: 16 * 1024 * 1024,
    });
  } catch (cause) {
    const text = cause instanceof Error ? cause.message.trim().split("\n").slice(-3).join(" ") : String(cause);
    throw new Error(`moto ${version} could not be installed into a Python virtual environment: ${text}`, { cause });
  }
  writeFileSync(complete, `${version}\n`);
  return folder;
}

/** Starts moto on a free port of this machine. */
export async function startMoto(environment: string, logFile: string): Promise<Moto> {
  const address = `127.0.0.1:${await freePort()}`;
  const [host = "", port = ""] = address.split(":");
  const process = startProcess([join(environment, "bin/python"), "-m", "moto.server", "-H", host, "-p", port], {
    logFile,
  });
  const url = `http://${address}`;
  await until(
    "moto",
    async () => ((await fetch(`${url}/moto-api/data.json`).catch(() => undefined))?.ok ? true : undefined),
    {
      seconds: 60,
    },
  );
  return { address, url, process };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
