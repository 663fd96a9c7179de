import type { DriftCaseSummary, Overview } from "@plumbline/contract";

const dayMilliseconds = 86_400_000;

/**
 * From the last clean check to the case, p95 per day and environment: what was changed was changed in between, so the
 * real delay is at most this. A day without a case has none.
 */
export function detectionDelay(
  cases: readonly DriftCaseSummary[],
  environments: readonly { name: string; driftEverySeconds: number }[],
  now: Date,
  days: number,
): Overview["detectionDelay"] {
  const names = Array.from({ length: days }, (_, index) =>
    new Date(now.getTime() - (days - 1 - index) * dayMilliseconds).toISOString().slice(0, 10),
  );
  return environments.map(({ name, driftEverySeconds }) => ({
    environment: name,
    objectiveSeconds: driftEverySeconds,
    days: names.map((day) => ({
      day,
      seconds: percentile95(
        cases.flatMap(({ environment, openedAt, lastCleanAt }) =>
          environment === name && openedAt.startsWith(day) && lastCleanAt !== null
            ? [(Date.parse(openedAt) - Date.parse(lastCleanAt)) / 1000]
            : [],
        ),
      ),
    })),
  }));
}

function percentile95(values: readonly number[]): number | null {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? null;
}
