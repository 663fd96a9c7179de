import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { problem } from "@plumbline/contract/errors";
import { ProgramEnded } from "../command/faults.ts";
import type { Context } from "../command/context.ts";

const signals = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2"] as const;
const numbers: Partial<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGKILL: 9,
  SIGTERM: 15,
};

/** The programs of an installation, and their main files in it. */
const programs = {
  server: "server/src/main.ts",
  runner: "runner/src/main.ts",
  backup: "server/src/backup/main.ts",
};
export type ProgramName = keyof typeof programs;

/** `plumb server|runner|backup|restore`: runs the program of this installation until it ends. */
export async function startProgram(context: Context, name: ProgramName, args: string[]): Promise<void> {
  const main = findProgram(name, dirname(fileURLToPath(import.meta.url)));
  const exitCode = await run(process.execPath, [main, ...args], programEnvironment(context.terminal.env));
  if (exitCode !== 0) throw new ProgramEnded(exitCode);
}

/** What the program gets of the environment: all but a person's API token, which it has no use for. */
export function programEnvironment(env: Context["terminal"]["env"]): NodeJS.ProcessEnv {
  const { PLUMBLINE_TOKEN: _, ...rest } = env;
  return rest;
}

/** The program's main file in the installation that holds `folder`. */
export function findProgram(name: ProgramName, folder: string): string {
  const main = join(folder, programs[name]);
  if (existsSync(main)) return main;
  const above = dirname(folder);
  if (above === folder)
    throw problem("tool_missing", `The ${name} is not part of this installation of plumb.`, {
      next: "Run plumb from a whole checkout of Plumbline.",
    });
  return findProgram(name, above);
}

/**
 * Runs it in a process group of its own, so that Ctrl-C reaches it once, from here: a second signal would make it drop
 * what is under way.
 */
export function run(file: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      stdio: ["ignore", "inherit", "inherit"],
      env,
      detached: true,
    });
    const passOn = (signal: NodeJS.Signals) => void child.kill(signal);
    for (const signal of signals) process.on(signal, passOn);
    const end = (finish: () => void) => {
      for (const signal of signals) process.off(signal, passOn);
      finish();
    };
    child.on("error", (error) =>
      end(() => reject(problem("tool_missing", `It cannot be started: ${error.message}`, { cause: error }))),
    );
    child.on("exit", (code, signal) => end(() => resolve(code ?? 128 + (numbers[signal ?? ""] ?? 0))));
  });
}
