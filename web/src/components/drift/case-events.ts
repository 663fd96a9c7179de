/** Something that happened to a drift case. */
export interface CaseEvent {
  at: string;
  text: string;
  actor: string;
}

/** The same, placed: in line or out of line, and whether the line leaves true here. */
export interface PlacedEvent extends CaseEvent {
  out: boolean;
  leaves: boolean;
}

/**
 * Events oldest first, beginning with the last clean check where no entry tells of it. What lies at or before the last clean check is in line; the first after it is where the line
 * leaves true; from the closing on it is in line again.
 */
export function caseEvents(
  entries: readonly CaseEvent[],
  lastCleanAt: string | null,
  closedAt: string | null,
): PlacedEvent[] {
  const known = lastCleanAt === null || entries.some(({ at }) => Date.parse(at) <= Date.parse(lastCleanAt));
  const all = known ? entries : [{ at: lastCleanAt, text: "Verified, nothing differed", actor: "system" }, ...entries];
  const sorted = all.toSorted((left, right) => Date.parse(left.at) - Date.parse(right.at));
  const clean = lastCleanAt === null ? Number.NEGATIVE_INFINITY : Date.parse(lastCleanAt);
  const closed = closedAt === null ? Number.POSITIVE_INFINITY : Date.parse(closedAt);
  let left = false;
  return sorted.map((event) => {
    const at = Date.parse(event.at);
    const out = at > clean && at < closed;
    const leaves = out && !left;
    if (out) left = true;
    return { ...event, out, leaves };
  });
}
