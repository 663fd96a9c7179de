import { spawn } from "node:child_process";
import type { Writable } from "node:stream";

/** What a program in a sandbox said. */
export interface SandboxAnswer {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** Runs bwrap to its end, its arguments given on file descriptor 3. For the runner's own small tests, not for runs. */
export function runInSandbox(
  program: string,
  args: readonly string[],
  inner: readonly string[],
  input = "",
): Promise<SandboxAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: {}, cwd: "/", stdio: ["pipe", "pipe", "pipe", "pipe"], timeout: 60_000 });
    const [stdout, stderr]: [string[], string[]] = [[], []];
    child.stdout.setEncoding("utf8").on("data", (text: string) => stdout.push(text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => stderr.push(text));
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    const pipe = child.stdio[3] as Writable; // the pipe asked for above
    pipe.on("error", () => {});
    pipe.end(inner.map((arg) => `${arg}\0`).join(""));
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, stdout: stdout.join(""), stderr: stderr.join("") }));
  });
}
