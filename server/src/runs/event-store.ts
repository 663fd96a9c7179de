import type { RunEvent, RunPhase, RunPhaseView } from "@plumbline/contract";
import { runPhases } from "@plumbline/contract";
import { sql } from "kysely";
import type { ExpressionBuilder, OnConflictDatabase, OnConflictTables } from "kysely";
import { z } from "zod";
import type { Tx } from "../platform/database/pools.ts";
import type { Database } from "../platform/database/schema.gen.ts";
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

type PhaseFinished = Extract<RunEvent, { type: "phase_finished" }>;

/** Notes which phases began and ended. What an earlier attempt said of one that begins is forgotten. */
export async function notePhases(tx: Tx, run: RunRecord, events: readonly RunEvent[]): Promise<void> {
  const begun = new Map<RunPhase, { at: string; end: PhaseFinished | undefined }>();
  const ended: PhaseFinished[] = [];
  for (const event of events) {
    if (event.type === "phase_started") begun.set(event.phase, { at: event.at, end: undefined });
    if (event.type !== "phase_finished") continue;
    const start = begun.get(event.phase);
    if (start) start.end = event;
    else ended.push(event);
  }
  const key = (phase: RunPhase) => ({ organization_id: run.organizationId, run_id: run.id, phase });
  const keys = ["organization_id", "run_id", "phase"] as const;
  if (begun.size > 0)
    await tx
      .insertInto("run_phases")
      .values([...begun].map(([phase, { at, end }]) => ({ ...key(phase), started_at: at, ...endOf(end) })))
      .onConflict((conflict) =>
        conflict.columns(keys).doUpdateSet((set) => ({ started_at: set.ref("excluded.started_at"), ...givenEnd(set) })),
      )
      .execute();
  if (ended.length > 0)
    await tx
      .insertInto("run_phases")
      .values(ended.map((event) => ({ ...key(event.phase), ...endOf(event) })))
      .onConflict((conflict) => conflict.columns(keys).doUpdateSet(givenEnd))
      .execute();
}

/** For what is there already: what was to be inserted. */
function givenEnd(set: ExpressionBuilder<OnConflictDatabase<Database, "run_phases">, OnConflictTables<"run_phases">>) {
  return {
    outcome: set.ref("excluded.outcome"),
    line: set.ref("excluded.line"),
    finished_at: set.ref("excluded.finished_at"),
    seconds: set.ref("excluded.seconds"),
    cpu_seconds: set.ref("excluded.cpu_seconds"),
  };
}

function endOf(event: PhaseFinished | undefined) {
  return {
    outcome: event?.outcome ?? null,
    line: event?.line ?? null,
    finished_at: event?.at ?? null,
    seconds: event?.seconds ?? null,
    cpu_seconds: event?.cpuSeconds ?? null,
  };
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
