import type { Finding } from "@plumbline/contract/findings";
import type { Tone } from "../../ui/marks/tone.ts";
import { list, ownerName } from "../../util/format.ts";
import { date } from "../../util/time.ts";

type Standing = NonNullable<Finding["standing"]>;

/** The badge of a finding: how it stands with the gate, in two or three words. */
export function standingBadge(standing: Standing, now: number): { words: string; tone: Tone } {
  const { kind, blocks, until, waiver } = standing;
  const day = until === undefined ? "" : ` ${date(until, now)}`;
  switch (kind) {
    case "new":
      return { words: "new", tone: blocks ? "failed" : "ink" };
    case "touched":
      return { words: "touched", tone: blocks ? "failed" : "ink" };
    case "baseline":
      return blocks
        ? { words: "old ones block here", tone: "failed" }
        : { words: until === undefined ? "there before" : `baseline until${day}`, tone: "held" };
    case "overdue":
      return { words: `overdue since${day}`, tone: "failed" };
    case "waived":
      return { words: `waived until ${waiver === undefined ? day.trim() : date(waiver.expires, now)}`, tone: "ink" };
    case "expired-waiver":
      return { words: "waiver expired", tone: "failed" };
  }
}

/** One sentence more on it; undefined where the badge says all. */
export function standingSentence({ standing, owners, firstSeenAt }: Finding, now: number): string | undefined {
  if (standing === undefined) return undefined;
  const { kind, waiver } = standing;
  const named = owners === undefined || owners.length === 0 ? "" : ` Owner: ${list(owners.map(ownerName))}.`;
  const since = firstSeenAt === undefined ? "" : ` since ${date(firstSeenAt, now)}`;
  if (waiver !== undefined)
    return `${kind === "waived" ? "Waived" : "Was waived"}, ${waiver.ticket}, by ${ownerName(waiver.owner)}: ${waiver.reason}`;
  if (kind === "new") return undefined;
  if (kind === "touched") return `It was there${since}; the change touches it.${named}`;
  return `It was there${since} and is not touched.${named}`;
}
