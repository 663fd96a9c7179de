import type { RunEvent, RunPhase, RunPhaseView } from "@plumbline/contract";
import { runPhases } from "@plumbline/contract";
import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "../platform/database/pools.ts";
import type { RunRecord } from "./run.ts";

/** An event as it is stored: where it shows in the log, the number of its first line and the lines. */
export interface StoredEvent {
  event: RunEvent;
  firstLine: number | null;
  /** What an event of the engine says to people; a log event holds its lines itself. */
  lines?: string[];
}

/** Stores events; those that are there already stay as they are. */
export async function insertEvents(tx: Tx, run: RunRecord, events: readonly StoredEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx
    .insertInto("run_events")
    .values(
      events.map(({ event, firstLine, lines }) => {
        const { type, sequence, at, phase, ...rest } = event;
        const body = lines === undefined ? rest : { ...rest, lines };
        return {
          organization_id: run.organizationId,
          run_id: run.id,
          epoch: run.epoch,
          sequence,
          at,
          type,
          phase,
          body: JSON.stringify(body).replaceAll("\\u0000", "\\ufffd"), // PostgreSQL's texts hold no NUL
          first_line: firstLine,
        };
      }),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** A phase begins; what an earlier attempt said of it is forgotten. */
export async function startPhase(tx: Tx, run: RunRecord, phase: RunPhase, at: string): Promise<void> {
  const begun = { outcome: null, line: null, started_at: at, finished_at: null, seconds: null, cpu_seconds: null };
  await tx
    .insertInto("run_phases")
    .values({ organization_id: run.organizationId, run_id: run.id, phase, ...begun })
    .onConflict((conflict) => conflict.columns(["organization_id", "run_id", "phase"]).doUpdateSet(begun))
    .execute();
}

/** A phase ended. */
export async function finishPhase(
  tx: Tx,
  run: RunRecord,
  event: Extract<RunEvent, { type: "phase_finished" }>,
): Promise<void> {
  const ended = {
    outcome: event.outcome,
    line: event.line,
    finished_at: event.at,
    seconds: event.seconds,
    cpu_seconds: event.cpuSeconds ?? null,
  };
  await tx
    .insertInto("run_phases")
    .values({ organization_id: run.organizationId, run_id: run.id, phase: event.phase, ...ended })
    .onConflict((conflict) => conflict.columns(["organization_id", "run_id", "phase"]).doUpdateSet(ended))
    .execute();
}

/** Forgets phases, for a new attempt. */
export async function clearPhases(tx: Tx, runId: string): Promise<void> {
  await tx.deleteFrom("run_phases").where("run_id", "=", runId).execute();
}

/** All phases of a run in order; those that have not begun wait. */
export async function phasesOf(tx: Tx, runId: string): Promise<RunPhaseView[]> {
  const rows = await tx.selectFrom("run_phases").selectAll().where("run_id", "=", runId).execute();
  return runPhases.map((phase) => {
    const row = rows.find((candidate) => candidate.phase === phase);
    return {
      phase,
      outcome: row === undefined ? "waiting" : (row.outcome ?? "running"),
      line: row?.line ?? null,
      startedAt: row?.started_at?.toISOString() ?? null,
      seconds: row?.seconds ?? null,
      cpuSeconds: row?.cpu_seconds ?? null,
    };
  });
}

const LogBody = z.object({ lines: z.array(z.string()) });

/** Lines of a run's log after a number, at most about `limit`. */
export async function logLinesAfter(
  tx: Tx,
  runId: string,
  after: number,
  limit: number,
): Promise<{ id: number; phase: RunPhase; at: string; text: string }[]> {
  // The event that holds line `after` may hold the next one too: it is the last that begins at or before it.
  const rows = await tx
    .selectFrom("run_events")
    .select(["first_line", "phase", "at", "body"])
    .where("run_id", "=", runId)
    .where("first_line", "is not", null)
    .where("first_line", ">=", (query) =>
      query
        .selectFrom("run_events")
        .select(sql<number>`coalesce(max(first_line), 0)`.as("line"))
        .where("run_id", "=", runId)
        .where("first_line", "<=", after + 1),
    )
    .orderBy("first_line")
    .limit(limit)
    .execute();
  const lines = rows.flatMap((row) =>
    LogBody.parse(row.body).lines.map((text, index) => ({
      id: (row.first_line ?? 0) + index,
      phase: runPhases.find((phase) => phase === row.phase) ?? "fetch",
      at: row.at.toISOString(),
      text,
    })),
  );
  return lines.filter((line) => line.id > after);
}
