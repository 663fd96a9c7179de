/** Texts of at least this many characters are looked for by their first half, at once with all others of about their length. */
const shortestHashed = 6;

/** Needles of a range of lengths, by the first characters that all of them have. */
interface LengthClass {
  width: number;
  /** `base` to the power of `width`, by which the character that leaves the window is taken out of the sum. */
  leaving: number;
  byStart: ReadonlyMap<string, { lengths: readonly number[]; whole: ReadonlySet<string> }>;
  /** One for each sum of a start, modulo its size: most windows are told by one look. */
  sums: Uint8Array;
}

const base = 31;
const sumBits = 16;
const sumMask = (1 << sumBits) - 1;

/**
 * A function that tells whether a text holds any of these, in one pass over the text however many they are. Empty ones
 * are left out.
 */
export function textFinder(needles: Iterable<string>): (text: string) => boolean {
  const all = [...new Set(needles)].filter((needle) => needle !== "");
  const short = all.filter(({ length }) => length < shortestHashed);
  const byWidth = Map.groupBy(
    all.filter(({ length }) => length >= shortestHashed),
    ({ length }) => shortestHashed * 2 ** Math.floor(Math.log2(length / shortestHashed)),
  );
  const classes = [...byWidth].map(([width, group]) => lengthClass(width, group));
  return (text) => short.some((needle) => text.includes(needle)) || classes.some((one) => holds(one, text));
}

function lengthClass(width: number, needles: readonly string[]): LengthClass {
  const byStart = new Map(
    [...Map.groupBy(needles, (needle) => needle.slice(0, width))].map(([start, group]) => [
      start,
      { lengths: [...new Set(group.map(({ length }) => length))], whole: new Set(group) },
    ]),
  );
  const sums = new Uint8Array(1 << sumBits);
  for (const start of byStart.keys()) sums[sumOf(start) & sumMask] = 1;
  let leaving = 1;
  for (let power = 0; power < width; power++) leaving = Math.imul(leaving, base);
  return { width, leaving, byStart, sums };
}

function sumOf(text: string): number {
  let sum = 0;
  for (let index = 0; index < text.length; index++) sum = (Math.imul(sum, base) + text.charCodeAt(index)) | 0;
  return sum;
}

function holds({ width, leaving, byStart, sums }: LengthClass, text: string): boolean {
  if (text.length < width) return false;
  let sum = sumOf(text.slice(0, width));
  for (let start = 0; ; start++) {
    if (sums[sum & sumMask] === 1) {
      const { lengths = [], whole } = byStart.get(text.slice(start, start + width)) ?? {};
      if (lengths.some((length) => whole?.has(text.slice(start, start + length)) === true)) return true;
    }
    const end = start + width;
    if (end >= text.length) return false;
    sum = (Math.imul(sum, base) + text.charCodeAt(end) - Math.imul(leaving, text.charCodeAt(start))) | 0;
  }
}
