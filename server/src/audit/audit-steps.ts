import { problem } from "@plumbline/contract";

const hour = 3_600;
const day = 24 * hour;

/** What a step may be long, in seconds. */
const lengths = [hour, 4 * hour, day, 7 * day, 30 * day, 365 * day];

/** A chart with more bars cannot be read. */
const mostSteps = 60;

/**
 * Into which steps a time is divided so that there are at most sixty: from whole hours, or days (UTC), on. Without a
 * beginning it is the day before the end; without an end it is now. Throws `invalid_request` where it ends before it begins.
 */
export function auditSteps(
  given: { from?: string | undefined; to?: string | undefined },
  now: Date,
): { from: string; to: string; stepSeconds: number; steps: number } {
  const end = seconds(given.to) ?? now.getTime() / 1000;
  const begin = seconds(given.from) ?? (Math.ceil(end / hour) - 24) * hour;
  if (begin >= end) throw problem("invalid_request", `The time ends (${iso(end)}) before it begins (${iso(begin)}).`);
  const longest = lengths.at(-1) ?? day;
  const stepSeconds = lengths.find((length) => (end - begin) / length < mostSteps) ?? longest;
  const first = Math.floor(begin / Math.min(stepSeconds, day)) * Math.min(stepSeconds, day);
  const steps = Math.min(mostSteps, Math.ceil((end - first) / stepSeconds));
  return { from: iso(Math.max(first, end - steps * stepSeconds)), to: iso(end), stepSeconds, steps };
}

function seconds(instant: string | undefined): number | undefined {
  return instant === undefined ? undefined : Date.parse(instant) / 1000;
}

function iso(at: number): string {
  return new Date(at * 1000).toISOString();
}
