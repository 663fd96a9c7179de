/** How long what runs leave behind is kept after they ended, in seconds; null: for good. */
export interface Retention {
  logSeconds: number | null;
  /** Plan files that nothing was applied by. */
  planSeconds: number | null;
  /** Plan files that something was applied by: they prove what was applied. */
  appliedPlanSeconds: number | null;
}

/** Up to when what ended is pruned; null: it is kept. */
export interface Cutoffs {
  log: Date | null;
  plan: Date | null;
  appliedPlan: Date | null;
}

const day = 86_400_000;

/** What is old now. Counted is from the beginning of UTC's day, so that it stays the same until the next one. */
export function cutoffsOf({ logSeconds, planSeconds, appliedPlanSeconds }: Retention, now: Date): Cutoffs {
  const today = Math.floor(now.getTime() / day) * day;
  const before = (seconds: number | null) => (seconds === null ? null : new Date(today - seconds * 1_000));
  return { log: before(logSeconds), plan: before(planSeconds), appliedPlan: before(appliedPlanSeconds) };
}
