import type { Pruned, PrunedParts } from "./pruned.ts";

/** One sentence for people, in place of what was there. The date is UTC's. */
export function prunedSentence(part: keyof PrunedParts, { at, afterDays }: Pruned): string {
  const when = `on ${at.slice(0, 10)}, ${afterDays} ${afterDays === 1 ? "day" : "days"} after the run ended`;
  return part === "log"
    ? `The log was pruned ${when}.`
    : `The plan file, its JSON and the values of other workspaces were pruned ${when}. What was planned, found and approved is kept.`;
}
