import type { PlanCounts } from "@plumbline/contract";

/** How long ago an instant was: `12 s ago`, `4 h ago`; days and older as a date. */
export function ago(instant: string | null, now: Date): string {
  if (instant === null) return "never";
  const seconds = Math.round((now.getTime() - Date.parse(instant)) / 1000);
  if (seconds < 0) return `in ${span(-seconds)}`;
  return seconds < 5 ? "now" : seconds < 7 * 86_400 ? `${span(seconds)} ago` : day(instant);
}

/** A length of time: `45 s`, `15 min`, `6 h`, `3 days`. */
export function span(seconds: number): string {
  if (seconds < 90) return `${seconds} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  return seconds < 36 * 3600 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}

function day(instant: string): string {
  return instant.slice(0, 10);
}

/** An instant to the second in UTC: `2026-11-22 07:41:59Z`. */
export function moment(instant: string): string {
  return `${instant.slice(0, 19).replace("T", " ")}Z`;
}

/** `1 plan`, `3 plans`. */
export function plural(count: number, word: string, several = `${word}s`): string {
  return `${count} ${count === 1 ? word : several}`;
}

/** `+1 ~2 ±0 -0` with only what there is; `no changes` where there is nothing, a dash where no plan is there yet. */
export function countsText(counts: PlanCounts | null): string {
  if (counts === null) return "-";
  const parts = [
    ["+", counts.add],
    ["~", counts.change],
    ["±", counts.replace],
    ["-", counts.destroy],
    ["=", counts.import],
    [">", counts.move],
    [".", counts.forget],
  ] as const;
  const text = parts.flatMap(([sign, count]) => (count > 0 ? [`${sign}${count}`] : [])).join(" ");
  const outside = counts.outside > 0 ? `${text === "" ? "" : " "}(${counts.outside} outside)` : "";
  return `${text}${outside}` || "no changes";
}

/** A size in bytes for people. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
