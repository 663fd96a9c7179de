import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createWriteStream } from "node:fs";
import { createInterface } from "node:readline";

/** A program that was started; its output goes to a file. */
export interface StartedProcess {
  readonly pid: number;
  /** The first line of standard output, once it is there. Throws where the program ends before. */
  firstLine(): Promise<string>;
  readonly exited: Promise<number | string>;
  /** SIGINT, then waits for the end. */
  stop(): Promise<void>;
  /** SIGKILL, then waits for the end. */
  kill(): Promise<void>;
}

/** Starts a program in its own process group, so that Ctrl-C in the terminal reaches only who decides the order. */
export function startProcess(
  command: string[],
  options: { logFile: string; env?: Record<string, string>; cwd?: string },
): StartedProcess {
  const [program = "", ...args] = command;
  const child: ChildProcess = spawn(program, args, {
    cwd: options.cwd ?? process.cwd(),
    env: { ...process.env, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const log = createWriteStream(options.logFile, { flags: "a" });
  const tail: string[] = [];
  const first = Promise.withResolvers<string>();
  first.promise.catch(() => undefined);
  const keep = (line: string) => {
    tail.push(line);
    if (tail.length > 40) tail.shift();
    log.write(`${line}\n`);
  };
  // The first line is for the caller alone: the lab prints its keys there.
  const keepRest = () => {
    let isFirst = true;
    return (line: string) => {
      if (!isFirst) keep(line);
      isFirst = false;
    };
  };
  if (child.stdout) createInterface({ input: child.stdout }).once("line", first.resolve).on("line", keepRest());
  if (child.stderr) createInterface({ input: child.stderr }).on("line", keep);
  const exited = new Promise<number | string>((resolve) => {
    child.once("error", (error) => {
      keep(error.message);
      resolve(error.message);
    });
    child.once("exit", (code, signal) => resolve(signal ?? code ?? 0));
  });
  void exited.then((how) => {
    first.reject(new Error(`${args[0] ?? program} ended (${how}):\n${tail.join("\n")}`));
    log.end();
  });
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await exited;
  };
  return {
    pid: child.pid ?? 0,
    firstLine: () => first.promise,
    exited,
    stop: () => end("SIGINT"),
    kill: () => end("SIGKILL"),
  };
}
