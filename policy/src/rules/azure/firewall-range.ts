import { judge } from "../../vocabulary/condition.ts";
import type { Condition } from "../../vocabulary/condition.ts";

/** The range of IPv4 addresses between two attributes (as numbers) passes the test. */
export function addressRange(
  [from, to]: readonly [string, string],
  test: (first: number, last: number) => boolean,
): Condition {
  return judge(
    ({ read }) => {
      const [first, last] = [read(from), read(to)];
      if (!first.known || !last.known) return [{ outcome: "unknown", attribute: from }];
      const range = [numberOf(first.value), numberOf(last.value)] as const;
      if (range[0] === undefined || range[1] === undefined) return [];
      return test(range[0], range[1]) ? [{ outcome: "true", attribute: from }] : [];
    },
    [from, to],
  );
}

/** At least half of the internet, in one range. */
export function takesInTheWorld(first: number, last: number): boolean {
  return last - first >= 2 ** 31 - 1;
}

/** What Azure takes for "every service inside Azure", that is of every customer. */
export function takesInAzure(first: number, last: number): boolean {
  return first === 0 && last === 0;
}

function numberOf(address: unknown): number | undefined {
  if (typeof address !== "string") return undefined;
  const parts = address.trim().split(".").map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255)) return undefined;
  return parts.reduce((number, part) => number * 256 + part, 0);
}
