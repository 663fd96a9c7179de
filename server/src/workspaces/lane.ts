import type { Severity, WorkspaceSummary } from "@plumbline/contract";
import { compareSeverity } from "@plumbline/contract";

/** A time in which a workspace was out of line. */
export interface LaneCase {
  openedAt: Date;
  closedAt: Date | null;
  severity: Severity;
}

const laneDays = 7;

/** Since when a lane that ends now is drawn. */
export function laneStart(now: Date): Date {
  return new Date(now.getTime() - laneDays * 86_400_000);
}

/**
 * The last seven days of a workspace (fewer where it is younger) as pieces without a gap, oldest first: null where it
 * was in line, else the worst severity of what was open then.
 */
export function lane(cases: readonly LaneCase[], createdAt: Date, now: Date): WorkspaceSummary["lane"] {
  const from = Math.max(laneStart(now).getTime(), createdAt.getTime());
  const end = now.getTime();
  if (from >= end) return [];
  const spans = cases
    .map((each) => ({
      from: Math.max(each.openedAt.getTime(), from),
      to: Math.min(each.closedAt?.getTime() ?? end, end),
      severity: each.severity,
    }))
    .filter((span) => span.from < span.to);
  const edges = [...new Set([from, end, ...spans.flatMap((span) => [span.from, span.to])])].toSorted((a, b) => a - b);
  const pieces: { from: number; to: number; severity: Severity | null }[] = [];
  for (const [index, start] of edges.slice(0, -1).entries()) {
    const to = edges[index + 1] ?? end;
    const open = spans.filter((span) => span.from <= start && span.to >= to).map((span) => span.severity);
    const severity = open.toSorted(compareSeverity)[0] ?? null;
    const last = pieces.at(-1);
    if (last !== undefined && last.severity === severity) last.to = to;
    else pieces.push({ from: start, to, severity });
  }
  return pieces.map((piece) => ({
    from: new Date(piece.from).toISOString(),
    to: new Date(piece.to).toISOString(),
    severity: piece.severity,
  }));
}
