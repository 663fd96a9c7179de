import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { outerArguments } from "../sandbox/outer-arguments.ts";
import { isAlive, type ProcessIdentity } from "../supervisor/process-tree.ts";
import type { RunDirectory } from "../supervisor/run-directory.ts";
import type { SupervisorJob } from "../supervisor/supervisor-job.ts";

/** A supervisor that this runner started or found. */
export interface SupervisorProcess {
  /** Resolves when it has ended. */
  ended: Promise<void>;
  /** Asks it to stop gracefully. */
  cancel(): void;
  /** Ends it at once, and with it every step but an apply. */
  kill(): void;
}

/** Starts the supervisor of a run, detached: it goes on when the runner ends. */
export function startSupervisor(config: SupervisorJob, run: RunDirectory): SupervisorProcess {
  const command = [config.node, config.programs.supervisor, run.root];
  const [file = "", ...args] =
    config.sandbox.kind === "none" ? command : [config.sandbox.program, ...outerArguments(command)];
  const child = startDetached(config, run, file, args);
  const ended = new Promise<void>((resolve) => {
    // what ended may be the outer bwrap alone: the supervisor is looked for as well
    child.on("exit", () => resolve(existsSync(run.supervisor) ? waitForEnd(run) : undefined));
    child.on("error", () => resolve());
  });
  return { ended, ...signals(run) };
}

/** Takes over a supervisor that another runner process started. One that is not alive counts as ended. */
export function adoptSupervisor(run: RunDirectory): SupervisorProcess {
  return { ended: waitForEnd(run), ...signals(run) };
}

function startDetached(config: SupervisorJob, run: RunDirectory, file: string, args: string[]): ChildProcess {
  const errors = openSync(join(run.root, "supervisor.log"), "a", 0o600);
  const child = spawn(file, args, {
    cwd: run.root,
    detached: true,
    stdio: ["ignore", errors, errors],
    env: ownEnvironment(config),
  });
  closeSync(errors);
  child.unref();
  return child;
}

/** The whole environment of what the runner starts beside itself. */
export function ownEnvironment({ compileCache }: Pick<SupervisorJob, "compileCache">): Record<string, string> {
  const environment = { PATH: "/usr/local/bin:/usr/bin:/bin", LANG: "C.UTF-8" };
  return compileCache === null ? environment : { ...environment, NODE_COMPILE_CACHE: compileCache };
}

function signals(run: RunDirectory): Pick<SupervisorProcess, "cancel" | "kill"> {
  return { cancel: () => void signalSupervisor(run, "SIGTERM"), kill: () => void signalSupervisor(run, "SIGKILL") };
}

async function waitForEnd(run: RunDirectory): Promise<void> {
  // one that was started a moment ago may not have said yet who it is
  for (let tries = 0; tries < 20 && !existsSync(run.supervisor); tries += 1) await sleep(100);
  for (;;) {
    const identity = readIdentity(run.supervisor);
    if (!identity || !isAlive(identity)) return;
    await sleep(300);
  }
}

async function signalSupervisor(run: RunDirectory, name: "SIGTERM" | "SIGKILL"): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) {
    const identity = readIdentity(run.supervisor);
    if (identity) {
      if (isAlive(identity)) process.kill(identity.pid, name);
      return;
    }
    await sleep(100);
  }
}

/** Reads who a process is from the file it or its parent wrote. */
export function readIdentity(file: string): ProcessIdentity | undefined {
  try {
    const identity: ProcessIdentity = JSON.parse(readFileSync(file, "utf8"));
    return identity;
  } catch {
    return undefined;
  }
}
