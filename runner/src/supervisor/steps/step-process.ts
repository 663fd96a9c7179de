import { spawn } from "node:child_process";
import { closeSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { phaseProfile } from "../../sandbox/phase-profile.ts";
import { engineBelow, identify } from "../process-tree.ts";
import type { RunDirectory } from "../run-directory.ts";
import { launchOf, type StepCommand } from "./step-launch.ts";
import type { SupervisorJob } from "../supervisor-job.ts";
import { tailFile } from "./tail.ts";

/** How a step's process ended. */
export interface StepEnd {
  exitCode: number | null;
  signal: string | null;
  seconds: number;
  /** Set when it was asked to stop. */
  stopped: "canceled" | "time_limit" | undefined;
}

/** How a step is watched. */
export interface StepWatch {
  /** What it prints, unmasked, as it comes. Absent: it is only in the file. */
  onOutput?: (text: string) => void;
  onErrors: (text: string) => void;
  /** Read by the process as its standard input. */
  inputFile?: string;
  limitSeconds: number;
  cancel: AbortSignal;
  /** Says that the process is still awaited. */
  onWaiting: (message: string) => void;
}

/** Files in which a step's output stands, unmasked. */
export function outputFiles(run: RunDirectory, step: string): { out: string; err: string } {
  return { out: join(run.output, `${step}.out`), err: join(run.output, `${step}.err`) };
}

/**
 * Runs one step to its end. It is asked to stop (SIGINT to the engine itself) when it is canceled or takes longer than
 * its limit. What has not stopped after the grace period is killed, unless it is an apply: that is waited for.
 */
export async function runStep(
  config: SupervisorJob,
  run: RunDirectory,
  command: StepCommand,
  watch: StepWatch,
): Promise<StepEnd> {
  const launch = launchOf(config, run, command);
  const files = outputFiles(run, command.step);
  const descriptors = [
    watch.inputFile === undefined ? openSync("/dev/null", "r") : openSync(watch.inputFile, "r"),
    openSync(files.out, "w", 0o600),
    openSync(files.err, "w", 0o600),
  ] as const;
  const sandboxed = launch.sandboxArguments !== undefined;
  const started = performance.now();
  const child = spawn(launch.program, launch.args, {
    cwd: launch.cwd,
    env: launch.environment,
    stdio: [...descriptors, ...(sandboxed ? (["pipe"] as const) : [])],
    // without a sandbox the group is what can be killed whole
    detached: !sandboxed,
  });
  for (const descriptor of descriptors) closeSync(descriptor);
  const ended = new Promise<{ exitCode: number | null; signal: string | null }>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (exitCode, signal) => resolve({ exitCode, signal }));
  });
  if (launch.sandboxArguments !== undefined) writeArguments(child.stdio[3], launch.sandboxArguments);
  const pid = child.pid;
  if (pid !== undefined)
    writeFileSync(run.step, JSON.stringify({ step: command.step, ...identify(pid) }), { mode: 0o600 });

  const tails = [tailFile(files.err, watch.onErrors), ...(watch.onOutput ? [tailFile(files.out, watch.onOutput)] : [])];
  const stopper = pid === undefined ? undefined : stopOnRequest(config, command, watch, pid, sandboxed);
  try {
    const { exitCode, signal } = await ended;
    return {
      exitCode,
      signal,
      seconds: (performance.now() - started) / 1000,
      stopped: stopper?.reason(),
    };
  } finally {
    stopper?.end();
    for (const tail of tails) tail.end();
  }
}

function writeArguments(stream: unknown, text: string): void {
  const pipe = stream as Writable; // stdio[3] is the pipe asked for above
  // bwrap that ends before it has read all says so by its exit code
  pipe.on("error", () => {});
  pipe.end(text);
}

interface Stopper {
  reason(): "canceled" | "time_limit" | undefined;
  end(): void;
}

function stopOnRequest(
  config: SupervisorJob,
  command: StepCommand,
  watch: StepWatch,
  pid: number,
  sandboxed: boolean,
): Stopper {
  let reason: "canceled" | "time_limit" | undefined;
  const timers = new Set<NodeJS.Timeout>();
  const later = (seconds: number, act: () => void) => timers.add(setTimeout(act, seconds * 1000));
  const mayKill = phaseProfile(command.step).diesWithParent;

  const interrupt = () => {
    const engine = sandboxed ? engineBelow(pid) : pid;
    // the sandbox may still be in the making
    if (engine === undefined) later(0.02, interrupt);
    else signal(engine, "SIGINT");
  };
  const insist = () => {
    if (mayKill) {
      watch.onWaiting(`${command.step} did not stop within ${config.graceSeconds} s and is killed`);
      signal(sandboxed ? pid : -pid, "SIGKILL");
      return;
    }
    watch.onWaiting("the engine was asked to stop and has not ended yet; an apply is never killed");
    later(Math.max(config.graceSeconds, 60), insist);
  };
  const stop = (why: "canceled" | "time_limit") => {
    if (reason !== undefined) return;
    reason = why;
    interrupt();
    later(config.graceSeconds, insist);
  };
  const onCancel = () => stop("canceled");
  if (watch.cancel.aborted) onCancel();
  else watch.cancel.addEventListener("abort", onCancel, { once: true });
  later(watch.limitSeconds, () => stop("time_limit"));
  return {
    reason: () => reason,
    end() {
      watch.cancel.removeEventListener("abort", onCancel);
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // it has ended by itself
  }
}
