import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What one process used until it ended. */
export interface Used {
  /** CPU time, user and system. */
  seconds: number;
  /** The most memory it held at once. */
  megabytes: number;
  status: number | null;
  output: string;
}

const report = fileURLToPath(new URL("./report-usage.ts", import.meta.url));
export const plumb = fileURLToPath(new URL("../../cli/src/main.ts", import.meta.url));

/** Runs a program of ours in a process of its own; compiled code is kept in `folder`, as in an installation. */
export function measure(folder: string, program: string, args: readonly string[]): Used {
  const usage = join(folder, "usage.json");
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", report, program, ...args], {
    cwd: folder,
    env: { PATH: process.env["PATH"], NODE_COMPILE_CACHE: join(folder, "cache"), PLUMBLINE_BENCH_USAGE: usage },
    encoding: "utf8",
    maxBuffer: 1e9,
  });
  if (stdout === "") throw new Error(`${program} ${args.join(" ")} printed nothing: ${stderr.slice(0, 2000)}`);
  const { cpu, memory }: { cpu: number; memory: number } = JSON.parse(readFileSync(usage, "utf8"));
  return { seconds: cpu, megabytes: memory, status, output: stdout };
}
