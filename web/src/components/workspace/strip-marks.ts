import type { AnswerOf } from "../../api/endpoints.ts";
import { duration } from "../../util/time.ts";

type Case = AnswerOf<"listDriftCases">["items"][number];
type Lane = AnswerOf<"getWorkspace">["lane"];
type Version = AnswerOf<"getWorkspace">["stateVersions"][number];

const weekMs = 7 * 86_400_000;

/** A label needs about so much of the width; one that would lie on another is left out. */
const labelPercent = 22;

/** What is out of line now is drawn at least so wide, see `stripPieces`: the label ends before it. */
const leastPercent = 1.6;

/** Where an instant of the last seven days stands, in percent from the left; undefined before them. */
function place(at: string, now: number): number | undefined {
  const left = 100 * (1 - (now - Date.parse(at)) / weekMs);
  return left < 0 ? undefined : Math.min(100, Math.round(left * 10) / 10);
}

/** Applies of the last seven days: a state version each. */
export function appliesOnStrip(versions: readonly Version[], now: number) {
  return versions.flatMap(({ version, run, createdAt }) => {
    const left = place(createdAt, now);
    return left === undefined ? [] : [{ version, run, at: createdAt, left }];
  });
}

/**
 * Cases of the last seven days that there is room to name, newest first, each where the lane leaves true for it; those far
 * to the right end there.
 */
export function casesOnStrip(cases: readonly Case[], lane: Lane, now: number) {
  const named: {
    number: number;
    severity: Case["severity"];
    status: Case["status"];
    lasted: string;
    left: number;
    isRight: boolean;
  }[] = [];
  const taken: [number, number][] = [];
  for (const { number, severity, status, openedAt, closedAt } of cases) {
    const stretch = lane.find((one) => one.severity !== null && one.from <= openedAt && openedAt <= one.to);
    const begins = place(stretch?.from ?? openedAt, now);
    if (begins === undefined) continue;
    const left = Math.min(begins, closedAt === null ? 100 - leastPercent : 100);
    const isRight = left > 100 - labelPercent;
    const [from, to] = isRight ? [left - labelPercent, left] : [left, left + labelPercent];
    if (taken.some(([start, end]) => from < end && start < to)) continue;
    taken.push([from, to]);
    const until = closedAt === null ? now : Date.parse(closedAt);
    const lasted = duration(Math.max(0, until - Date.parse(openedAt)) / 1000);
    named.push({ number, severity, status, lasted, left, isRight });
  }
  return named;
}
