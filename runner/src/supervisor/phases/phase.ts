import type { RunPhase } from "@plumbline/contract/run-status";
import { CanceledError, type RunContext } from "../run-context.ts";

/** What a phase gives back: a line for the stepper, and what later phases need. */
export interface PhaseResult<T> {
  line: string;
  value: T;
}

/** Runs a phase between its two journal entries. An error ends the phase and goes on to the caller. */
export async function phase<T>(context: RunContext, name: RunPhase, work: () => Promise<PhaseResult<T>>): Promise<T> {
  if (context.cancel.aborted) throw new CanceledError();
  const started = performance.now();
  const finish = (outcome: "ok" | "failed" | "canceled", line: string) =>
    context.journal.append({
      type: "phase_finished",
      phase: name,
      outcome,
      line: line.slice(0, 500),
      seconds: round(performance.now() - started),
    });
  context.journal.append({ type: "phase_started", phase: name });
  try {
    const { line, value } = await work();
    finish("ok", line);
    return value;
  } catch (error) {
    const canceled = error instanceof CanceledError || context.cancel.aborted;
    finish(canceled ? "canceled" : "failed", error instanceof Error ? error.message : "failed");
    throw canceled && !(error instanceof CanceledError) && isAbort(error) ? new CanceledError() : error;
  }
}

/** Notes a phase that this run does not need. */
export function skipPhase(context: RunContext, name: RunPhase, line: string): void {
  context.journal.append({ type: "phase_finished", phase: name, outcome: "skipped", line, seconds: 0 });
}

/**
 * Aborts when the run is canceled, when the phase's limit is reached, or, in an apply, when no runner is to be expected.
 * For waiting on the server, not for processes.
 */
export function patience(context: RunContext, name: RunPhase): AbortSignal {
  return AbortSignal.any([context.cancel, context.presence.away(), AbortSignal.timeout(limitOf(context, name) * 1000)]);
}

/** Seconds a phase may take. */
export function limitOf(context: RunContext, name: RunPhase): number {
  return context.config.job.limits[name] ?? 3600;
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === "AbortError" || error.name === "TimeoutError");
}

function round(milliseconds: number): number {
  return Math.round(milliseconds) / 1000;
}
