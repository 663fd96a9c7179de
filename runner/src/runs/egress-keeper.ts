import { type ChildProcess, spawn } from "node:child_process";
import { log } from "../log.ts";

/** Keeps the way outside open for applies, whatever becomes of this runner: a process of its own for all of them. */
export interface EgressKeeper {
  /** Listens at the run's egress socket from soon on, until its supervisor has ended. `folder` is the run's. */
  serve(folder: string): void;
  /** The run is over. */
  forget(folder: string): void;
}

/** What the keeper is started with. */
export interface KeeperProgram {
  node: string;
  /** Its bundled program. */
  program: string;
  environment: Record<string, string>;
}

/** Starts the process when the first apply needs it, and again should it end while one does. */
export function egressKeeper({ node, program, environment }: KeeperProgram): EgressKeeper {
  const folders = new Set<string>();
  let running: ChildProcess | undefined;
  const start = (): ChildProcess => {
    const child = spawn(node, [program], {
      cwd: "/",
      detached: true,
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      env: environment,
    });
    child.unref();
    child.channel?.unref();
    const ended = (reason: string) => {
      if (running !== child) return;
      running = undefined;
      if (folders.size === 0) return;
      log("warn", "the process that connects applies outside ended and is started again", { reason });
      setTimeout(restart, 1_000).unref();
    };
    child.on("error", (error) => ended(error.message));
    child.on("exit", (code, signal) => ended(signal ?? `exit code ${code}`));
    return child;
  };
  const tell = (folder: string) => {
    running ??= start();
    // a keeper that is ending is noticed by its exit
    running.send(folder, () => {});
  };
  const restart = () => {
    if (running === undefined) for (const folder of folders) tell(folder);
  };
  return {
    serve(folder) {
      folders.add(folder);
      tell(folder);
    },
    forget: (folder) => void folders.delete(folder),
  };
}
