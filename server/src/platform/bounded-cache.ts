/** Promises by key, of which the last used are kept; one that fails is forgotten. */
export interface BoundedCache<Value> {
  get(key: string, make: () => Promise<Value>): Promise<Value>;
  forget(key: string): void;
}

/** How much is kept. */
export interface Bounds<Value> {
  /** At most so many entries. */
  entries: number;
  /** At most so much of what `weigh` counts, but for the last used entries that are needed together. */
  weight?: { most: number; weigh: (value: Value) => number; butLast: number };
}

/** An empty cache. What stands under several keys weighs once. */
export function boundedCache<Value extends object>({ entries, weight }: Bounds<Value>): BoundedCache<Value> {
  const kept = new Map<string, { made: Promise<Value>; value?: Value }>();
  const uses = new Map<Value, number>();
  let total = 0;
  const use = (value: Value, by: 1 | -1): void => {
    const before = uses.get(value) ?? 0;
    if (before + by === 0) uses.delete(value);
    else uses.set(value, before + by);
    if (before === 0 || before + by === 0) total += by * (weight?.weigh(value) ?? 0);
  };
  const forget = (key: string): void => {
    const entry = kept.get(key);
    kept.delete(key);
    if (entry?.value !== undefined) use(entry.value, -1);
  };
  const shrink = (): void => {
    for (const oldest of kept.keys()) {
      const tooHeavy = weight !== undefined && total > weight.most && kept.size > weight.butLast;
      if (kept.size <= entries && !tooHeavy) break;
      forget(oldest);
    }
  };
  return {
    forget,
    get(key, make) {
      const known = kept.get(key);
      if (known !== undefined) {
        kept.delete(key);
        kept.set(key, known);
        return known.made;
      }
      const entry: { made: Promise<Value>; value?: Value } = { made: make() };
      kept.set(key, entry);
      const isKept = (): boolean => kept.get(key) === entry;
      entry.made.then(
        (value) => {
          if (!isKept()) return;
          entry.value = value;
          use(value, 1);
          shrink();
        },
        () => {
          if (isKept()) forget(key);
        },
      );
      shrink();
      return entry.made;
    },
  };
}
