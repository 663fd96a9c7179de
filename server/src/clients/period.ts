import { problem } from "@plumbline/contract";

const day = 86_400_000;

/**
 * From when to when: a day alone is meant as a whole, so that `to` of a day ends with it. Without an end until now,
 * without a beginning 30 days before the end. Throws `invalid_request` where it ends before it begins.
 */
export function readPeriod(
  asked: { from?: string | undefined; to?: string | undefined },
  now: Date,
): { from: Date; to: Date } {
  const to = asked.to === undefined ? now : new Date(Date.parse(asked.to) + (isDay(asked.to) ? day : 0));
  const from = asked.from === undefined ? new Date(to.getTime() - 30 * day) : new Date(asked.from);
  if (from >= to)
    throw problem(
      "invalid_request",
      `The period ends on ${to.toISOString()}, before it begins on ${from.toISOString()}.`,
    );
  return { from, to };
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text);
}
