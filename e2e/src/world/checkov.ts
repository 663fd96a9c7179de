import { execFile } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Lane } from "./lane.ts";
import { findOnPath } from "./tools.ts";
import { root } from "./world.ts";

const version = "3.3.30";
const run = promisify(execFile);

/** The folder of a Python virtual environment with Checkov in it, made once and kept in the checkout's cache. */
export async function checkovLane(): Promise<Lane<{ directory: string; program: string }>> {
  const directory = join(root, ".cache", `checkov-${version}`);
  const tools = { directory, program: join(directory, "bin/checkov") };
  const complete = join(directory, "complete");
  if (existsSync(complete)) return { tools };
  const python = findOnPath("python3");
  if (python === undefined) return { missing: "python3 is not on PATH, so Checkov cannot be installed." };
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(join(root, ".cache"), { recursive: true });
  try {
    await run(python, ["-m", "venv", directory]);
    await run(join(directory, "bin/python"), ["-m", "pip", "install", "--quiet", `checkov==${version}`], {
      maxBuffer: 16 * 1024 * 1024,
      timeout: 600_000,
    });
    // Compiled by its first start: afterwards nothing changes any more.
    await run(tools.program, ["--version"]);
  } catch (cause) {
    const text = cause instanceof Error ? cause.message.trim().split("\n").slice(-3).join(" ") : String(cause);
    return { missing: `Checkov ${version} could not be installed into a Python virtual environment: ${text}` };
  }
  writeFileSync(complete, `${version}\n`);
  return { tools };
}
