import { existsSync } from "node:fs";
import { connect } from "node:net";
import type { RunDirectory } from "./run-directory.ts";

/** Why something that needs the runner was given up. */
export class RunnerAwayError extends Error {
  override readonly name = "RunnerAwayError";

  constructor() {
    super("No runner was there for a long time.");
  }
}

/** Whether a runner listens at this run's socket, looked at again and again. */
export interface RunnerPresence {
  /** From now on the engine changes things: the run goes on to its end, whether there is a runner or not. */
  beginApply(): void;
  /** Aborted, with RunnerAwayError, while no runner is to be expected soon. Ask again each time: runners come back. */
  away(): AbortSignal;
  stop(): void;
}

/** What the run does about it. */
export interface PresenceEvents {
  /** Before anything is applied: nobody wants the run any more, the server has given it out again. */
  abandoned(): void;
  /** Before anything is applied: somebody deleted the run's folder. */
  deleted(): void;
}

const lookEvery = 1_000;

/** Leases without a runner after which nobody is expected any more. */
const leases = 3;

/** Milliseconds after which a runner that took its socket away, hence stopped on purpose, is not waited for by an engine. */
const leftAfter = 5_000;

/** Begins to look. `leaseSeconds` is how long the server waits for a runner that is silent. */
export function watchRunner(run: RunDirectory, leaseSeconds: number, events: PresenceEvents): RunnerPresence {
  let applying = false;
  let heard = performance.now();
  let away = new AbortController();
  const note = (socket: "listening" | "dead" | "absent") => {
    const now = performance.now();
    if (socket === "listening") {
      heard = now;
      if (away.signal.aborted) away = new AbortController();
      return;
    }
    const silent = now - heard;
    const isOver = silent > leaseSeconds * 1_000 * leases;
    if (!applying && isOver) events.abandoned();
    const isDeleted = !existsSync(run.job);
    if (!applying && isDeleted) events.deleted();
    if (applying && (isOver || isDeleted || (socket === "absent" && silent > leftAfter)))
      away.abort(new RunnerAwayError());
  };
  const timer = setInterval(() => {
    const look = connect(run.socket);
    look.once("connect", () => {
      look.destroy();
      note("listening");
    });
    look.once("error", (error: NodeJS.ErrnoException) => note(error.code === "ENOENT" ? "absent" : "dead"));
  }, lookEvery);
  return {
    beginApply() {
      applying = true;
    },
    away: () => away.signal,
    stop: () => clearInterval(timer),
  };
}
