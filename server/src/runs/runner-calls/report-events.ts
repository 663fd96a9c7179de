import type { EventsAnswer, RunEvent } from "@plumbline/contract";
import { readUiLine } from "@plumbline/engine/terraform/ui-stream";
import { uiText } from "@plumbline/engine/terraform/ui-text";
import { insertEvents, notePhases } from "../event-store.ts";
import type { StoredEvent } from "../event-store.ts";
import type { RunRecord } from "../run.ts";
import type { RunnerCall } from "./run-of-runner.ts";
import { withLockedRun } from "./run-of-runner.ts";
import { changeRun } from "../run-store.ts";
import type { RunsContext } from "../runs-context.ts";
import { announceRuns } from "../tell-of-run.ts";
import { announce } from "../../platform/live.ts";

/**
 * Stores what happened in a run, each sequence number once. Events of a run that has ended are stored too, under the
 * same epoch: its last lines may come after its end.
 */
export async function reportEvents(
  context: RunsContext,
  call: RunnerCall,
  events: readonly RunEvent[],
): Promise<EventsAnswer> {
  return withLockedRun(context, call, async (tx, run) => {
    const news = events
      .filter((event) => event.sequence > run.eventSequence)
      .toSorted((one, other) => one.sequence - other.sequence);
    const { stored, lines, bytes } = numberLines(run, news, context.settings.maxLogBytes);
    await insertEvents(tx, run, stored);
    await notePhases(tx, run, news);
    const acknowledged = news.at(-1)?.sequence ?? run.eventSequence;
    const phase = news.findLast((event) => event.type === "phase_started")?.phase ?? run.phase;
    const done = news.filter(isApplied).length;
    if (news.length > 0)
      await changeRun(tx, run.id, {
        event_sequence: acknowledged,
        log_lines: lines,
        log_bytes: bytes,
        progress_done: run.progressDone + done,
        ...(run.status === "running" ? { phase } : {}),
      });
    if (phase !== run.phase || done > 0) await announceRuns(tx, [run]);
    else if (news.length > 0) await announce(tx, run.organizationId, [`run:${run.number}`]);
    return { acknowledged, cancel: run.cancelRequestedAt !== null };
  });
}

/** Numbers log lines within the run, and keeps a log that never ends from filling the database. */
function numberLines(
  run: RunRecord,
  events: readonly RunEvent[],
  maxBytes: number,
): { stored: StoredEvent[]; lines: number; bytes: number } {
  let lines = run.logLines;
  let bytes = run.logBytes;
  const stored = events.flatMap((event): StoredEvent[] => {
    if (event.type === "engine" || event.type === "log") {
      const size = JSON.stringify(event).length;
      const wasOver = bytes > maxBytes;
      bytes += size;
      if (wasOver) return [];
      if (event.type === "engine") {
        const said = engineLines(event.event);
        if (said.length === 0) return [{ event, firstLine: null }];
        lines += said.length;
        return [{ event, firstLine: lines - said.length + 1, lines: said }];
      }
      const kept = bytes > maxBytes ? [`The log is longer than ${maxBytes} bytes; the rest is not kept.`] : event.lines;
      const firstLine = lines + 1;
      lines += kept.length;
      return kept.length === 0 ? [] : [{ event: { ...event, lines: kept }, firstLine }];
    }
    return [{ event, firstLine: null }];
  });
  return { stored, lines, bytes };
}

/** What the engine says to people by this event of its -json stream. */
function engineLines(event: Record<string, unknown>): string[] {
  const read = readUiLine(JSON.stringify(event));
  return read === undefined ? [] : uiText(read);
}

function isApplied(event: RunEvent): boolean {
  return event.type === "engine" && event.event["type"] === "apply_complete";
}
