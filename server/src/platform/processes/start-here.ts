import { spawn } from "node:child_process";
import { Socket } from "node:net";
import type { ProcessOrder, RunningProcess } from "./running-process.ts";

/** Starts a program as a child of this process. */
export function startHere({ program, args, cwd, env, stdio }: ProcessOrder): Promise<RunningProcess> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { cwd, env: { ...env }, stdio: [...stdio] });
    const closed = new Promise<number | null>((done) => child.once("close", (code) => done(code)));
    child.once("error", reject);
    child.once("spawn", () =>
      resolve({
        stdio: child.stdio.map((stream) => (stream instanceof Socket ? stream : null)),
        closed,
        kill: (signal) => void child.kill(signal),
      }),
    );
  });
}
