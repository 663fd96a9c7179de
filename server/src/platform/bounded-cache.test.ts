import { expect, test } from "vitest";
import { boundedCache } from "./bounded-cache.ts";
import type { BoundedCache, Bounds } from "./bounded-cache.ts";

/** A cache of lists, weighed by their length; `made` are the keys that were not known. */
function cacheOfLists(bounds: Partial<Bounds<number[]>>) {
  const cache = boundedCache<number[]>({ entries: 100, ...bounds });
  const made: string[] = [];
  const get = (key: string, value: number[] = []) =>
    cache.get(key, async () => {
      made.push(key);
      return value;
    });
  return { cache, made, get };
}

const byLength = (most: number, butLast = 1) => ({ most, butLast, weigh: ({ length }: number[]) => length });

test("what was used last is kept", async () => {
  const { made, get } = cacheOfLists({ entries: 2 });
  for (const key of ["a", "b", "a", "c", "a", "b"]) await get(key);
  expect(made).toEqual(["a", "b", "c", "b"]);
});

test("the oldest go where all weigh too much", async () => {
  const { made, get } = cacheOfLists({ weight: byLength(5) });
  for (const key of ["a", "b", "c", "c", "b", "a"]) await get(key, [1, 2]);
  expect(made).toEqual(["a", "b", "c", "a"]);
});

test("the last ones are kept whatever they weigh", async () => {
  const { made, get } = cacheOfLists({ weight: byLength(5, 2) });
  for (const key of ["a", "b", "a", "b", "c", "b", "a"]) await get(key, [1, 2, 3, 4, 5, 6]);
  expect(made).toEqual(["a", "b", "c", "a"]);
});

test("what stands under several keys weighs once, until the last of them goes", async () => {
  const { cache, made, get } = cacheOfLists({ weight: byLength(5) });
  const shared = [1, 2, 3];
  for (const key of ["a", "b", "c"]) await get(key, shared);
  await get("d", [1, 2]);
  expect(made).toEqual(["a", "b", "c", "d"]);
  for (const key of ["a", "b", "c"]) cache.forget(key);
  await get("e", [1, 2, 3]);
  await get("d");
  expect(made).toEqual(["a", "b", "c", "d", "e"]);
});

test("what fails is made again, and does not forget what came after it", async () => {
  const cache: BoundedCache<number[]> = boundedCache({ entries: 2 });
  const failing = Promise.withResolvers<number[]>();
  const first = cache.get("a", () => failing.promise);
  cache.forget("a");
  const second = await cache.get("a", async () => [2]);
  failing.reject(new Error("gone"));
  await expect(first).rejects.toThrow("gone");
  expect(await cache.get("a", async () => [3])).toBe(second);
  await expect(cache.get("b", async () => Promise.reject(new Error("not yet")))).rejects.toThrow("not yet");
  expect(await cache.get("b", async () => [4])).toEqual([4]);
});
