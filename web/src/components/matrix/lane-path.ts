import type { Severity } from "@plumbline/contract/findings";

/** A stretch of a lane: straight piece of line at one distance from the datum, coloured by its severity. */
export interface LanePiece {
  severity: Severity | null;
  points: string;
}

interface Stretch {
  from: string;
  to: string;
  severity: Severity | null;
}

const step = 3.2;
const steps: Record<Severity, number> = { low: 1, medium: 2, high: 3, critical: 4 };
/** What is now is always seen, however short: a case of a minute ago would else be a tenth of a pixel. */
const leastNow = 14;
const weekMs = 7 * 86_400_000;

/** How far a severity hangs out of line, in px; null is in line. */
export function offset(severity: Severity | null): number {
  return severity === null ? 0 : steps[severity] * step;
}

/**
 * The lane of the last seven days, oldest at the top, `height` px high, `x` the line's own place. Where the line leaves
 * true or comes back it slants over at most 5 px. The last stretch has at least 14 px (in low rows a fifth). Stretches nobody verified have no piece: the dotted datum shows there.
 */
export function lanePieces(lane: readonly Stretch[], now: number, height: number, x: number): LanePiece[] {
  const last = lane.at(-1);
  const placeOf = (at: string) => Math.min(height, Math.max(0, height * (1 - (now - Date.parse(at)) / weekMs)));
  const bottomOfLast = last === undefined ? height : placeOf(last.to);
  const topOfLast =
    last === undefined
      ? height
      : Math.min(placeOf(last.from), Math.max(0, bottomOfLast - Math.min(leastNow, height / 5)));
  // The last stretch may be drawn longer than it is; what came before ends where it begins.
  const y = (at: string) => (last !== undefined && at === last.to ? bottomOfLast : Math.min(placeOf(at), topOfLast));
  return lane.map((stretch, index) => {
    const previous = lane[index - 1];
    const [top, bottom] = [y(stretch.from), y(stretch.to)];
    const here = x + offset(stretch.severity);
    const joined = previous !== undefined && Math.abs(y(previous.to) - top) < 1;
    const slant = Math.min(5, (bottom - top) / 2);
    const begin =
      joined && previous.severity !== stretch.severity
        ? `${x + offset(previous.severity)},${round(top)} ${here},${round(top + slant)}`
        : `${here},${round(top)}`;
    return { severity: stretch.severity, points: `${begin} ${here},${round(bottom)}` };
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
