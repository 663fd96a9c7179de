/** Does work for one key after the other, for different keys at the same time; within this process alone. */
export type InTurn = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** What fails does not hold up what comes after it. */
export function inTurn(): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = last.get(key);
    const mine = (async () => {
      await before?.catch(() => undefined);
      return work();
    })();
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}
