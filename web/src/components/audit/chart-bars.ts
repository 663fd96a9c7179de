import type { AnswerOf } from "../../api/endpoints.ts";

const hour = 3_600;

/** Bars of the chart, oldest first; every sixth, or as many as there is room for, has a label. Heights in percent. */
export function barsOf({ from, stepSeconds, counts }: AnswerOf<"countAuditEvents">) {
  const most = Math.max(1, ...counts);
  const every = Math.max(1, Math.ceil(counts.length / 8));
  const start = Date.parse(from);
  return counts.map((entries, index) => {
    const begin = new Date(start + index * stepSeconds * 1000);
    return {
      from: begin,
      to: new Date(begin.getTime() + stepSeconds * 1000),
      entries,
      // one entry beside thousands is seen all the same
      percent: entries === 0 ? 0 : Math.max(4, Math.round((100 * entries) / most)),
      label: index % every === 0 ? labelOf(begin, stepSeconds) : "",
    };
  });
}

/** "hour", "4 hours", "day", "7 days". */
export function stepWord(seconds: number): string {
  const [number, unit] = seconds < 24 * hour ? [seconds / hour, "hour"] : [seconds / (24 * hour), "day"];
  return number === 1 ? unit : `${number} ${unit}s`;
}

function labelOf(at: Date, stepSeconds: number): string {
  return stepSeconds < 24 * hour
    ? `${String(at.getHours()).padStart(2, "0")}:00`
    : at.toLocaleDateString("en-GB", { day: "numeric", month: "short" });
}

/** An instant as the fields for local date and time want it: `2026-11-22T14:00`. */
export function localMinute(at: Date): string {
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
