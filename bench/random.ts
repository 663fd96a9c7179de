/** Random numbers that are the same for the same seed (mulberry32), so that a run can be repeated. */
export interface Random {
  /** A whole number from 0 to below `end`. */
  below(end: number): number;
  pick<T>(from: readonly T[]): T;
  /** Up to `most` different whole numbers below `end`, sorted. */
  some(end: number, most: number): number[];
}

/** Makes a source of random numbers. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number) => Math.floor(next() * end);
  return {
    below,
    pick(from) {
      const found = from[below(from.length)];
      if (found === undefined) throw new Error("nothing to pick from");
      return found;
    },
    some(end, most) {
      const count = end === 0 ? 0 : below(most + 1);
      return [...new Set(Array.from({ length: count }, () => below(end)))].toSorted((left, right) => left - right);
    },
  };
}
