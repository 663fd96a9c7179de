const seconds = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

/** How a duration is written: a whole number and one of s, m, h, d. */
export const durationPattern = /^[1-9][0-9]{0,5}[smhd]$/;

/** Seconds of "15s", "15m", "2h" or "7d"; undefined where it is written otherwise. */
export function parseDuration(text: string): number | undefined {
  if (!durationPattern.test(text)) return undefined;
  const unit = text.at(-1);
  if (unit !== "s" && unit !== "m" && unit !== "h" && unit !== "d") return undefined;
  return Number(text.slice(0, -1)) * seconds[unit];
}

/** The shortest way to write a number of seconds that `parseDuration` reads back. */
export function formatDuration(total: number): string {
  for (const unit of ["d", "h", "m"] as const) {
    if (total >= seconds[unit] && total % seconds[unit] === 0) return `${total / seconds[unit]}${unit}`;
  }
  return `${total}s`;
}
