import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { FinishReport, RunEvent } from "@plumbline/contract/jobs";
import type { UiEvent } from "@plumbline/engine/terraform/ui-events";
import { readUiLine } from "@plumbline/engine/terraform/ui-stream";
import { type NewEvent, openJournal } from "../supervisor/journal.ts";
import { rescueState } from "../supervisor/leftovers.ts";
import { isAlive } from "../supervisor/process-tree.ts";
import type { RunDirectory } from "../supervisor/run-directory.ts";
import { runnerLink } from "../supervisor/runner-link.ts";
import { outputFiles } from "../supervisor/steps/step-process.ts";
import { readIdentity } from "./supervisor-process.ts";

/**
 * What is done for a run whose supervisor died: waits until its engine has ended too, brings the resource events that it
 * still printed into the journal and its state to the server.
 *
 * @returns how the run ended, or undefined when an apply had begun: then nobody knows, and no report may say otherwise.
 */
export async function salvageRun(run: RunDirectory, directory: string): Promise<FinishReport | undefined> {
  await engineToEnd(run);
  const journal = openJournal(run.journal);
  try {
    const events = readJournal(run.journal);
    const open = events.findLast((event) => event.type === "phase_started");
    const hasEnded = events.some(
      (event) => event.type === "phase_finished" && event.phase === open?.phase && event.sequence > open.sequence,
    );
    if (open?.phase !== "apply") {
      if (open && !hasEnded)
        journal.append({
          type: "phase_finished",
          phase: open.phase,
          outcome: "failed",
          line: "the supervisor died",
          seconds: 0,
        });
      return {
        outcome: "failed",
        error: { code: "run_failed", detail: "The run's supervisor died before anything was applied. Retry the run." },
      };
    }
    journal.append(
      ...missedEvents(run, events).map((event) => ({ type: "engine" as const, phase: "apply" as const, event })),
    );
    const rescued = await rescueState(run, directory, runnerLink(run.socket));
    const lines = ["The supervisor died during the apply.", ...(rescued === undefined ? [] : [rescued.line])];
    journal.append({ type: "log", phase: "apply", lines });
    if (!hasEnded)
      journal.append({
        type: "phase_finished",
        phase: "apply",
        outcome: "failed",
        line: "the supervisor died",
        seconds: 0,
      });
    journal.sync();
    return undefined;
  } finally {
    journal.close();
  }
}

/**
 * Brings the server a state that a supervisor which has ended could not deliver, because no runner was there. Waits
 * until the server has it or refuses it.
 *
 * @returns how the run ended: a state that is refused makes an apply that ended well a failed one.
 */
export async function deliverState(run: RunDirectory, directory: string, report: FinishReport): Promise<FinishReport> {
  const rescued = await rescueState(run, directory, runnerLink(run.socket));
  if (!rescued || report.outcome !== "finished") return report;
  note(run, { type: "log", phase: "apply", lines: [rescued.line] });
  if (rescued.stored) return report;
  return { outcome: "failed", error: { code: "state_refused", detail: rescued.line } };
}

/** Whether a run came to its apply: from then on only its own end may be reported. */
export function hasBegunApply(run: RunDirectory): boolean {
  return (
    existsSync(run.journal) &&
    readJournal(run.journal).some((event) => event.type === "phase_started" && event.phase === "apply")
  );
}

/** Whether its engine has said that it began to change something. Until then it needs the server, for lock and state. */
export function hasBegunChanges(run: RunDirectory): boolean {
  return (
    existsSync(run.journal) &&
    readJournal(run.journal).some((event) => event.type === "engine" && isResourceType(event.event["type"]))
  );
}

function note(run: RunDirectory, event: NewEvent): void {
  const journal = openJournal(run.journal);
  journal.append(event);
  journal.sync();
  journal.close();
}

async function engineToEnd(run: RunDirectory): Promise<void> {
  for (;;) {
    const engine = readIdentity(run.step);
    if (!engine || !isAlive(engine)) return;
    await sleep(300);
  }
}

/**
 * Resource events that the engine printed after the supervisor's last look. Nobody knows the run's secrets here, so only
 * what finds a resource again is taken: its address, the action, its id.
 */
function missedEvents(run: RunDirectory, known: readonly RunEvent[]): Record<string, unknown>[] {
  const { out } = outputFiles(run, "apply");
  if (!existsSync(out)) return [];
  const printed = readFileSync(out, "utf8")
    .split("\n")
    .flatMap((line) => {
      const event = readUiLine(line);
      return event ? [event] : [];
    })
    .filter(isResourceEvent);
  const count = known.filter(
    (event) => event.type === "engine" && event.phase === "apply" && isResourceType(event.event["type"]),
  ).length;
  return printed.slice(count).map((event) => ({ type: event.type, hook: event.raw["hook"] }));
}

const resourceTypes = ["apply_start", "apply_complete", "apply_errored"];

function isResourceType(type: unknown): boolean {
  return typeof type === "string" && resourceTypes.includes(type);
}

function isResourceEvent(event: UiEvent): boolean {
  return isResourceType(event.type);
}

function readJournal(file: string): RunEvent[] {
  // the last line may still be in the making
  const lines = readFileSync(file, "utf8").split("\n").slice(0, -1);
  return lines.map((line): RunEvent => JSON.parse(line));
}
