import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { useNewRows } from "./use-new-rows.ts";

const open = (rows: number[] | undefined, list = "all") =>
  renderHook(
    (given: { rows: number[] | undefined; list: string }) => useNewRows(given.rows, (row) => row, given.list),
    {
      initialProps: { rows, list },
    },
  );

test("what comes later waits until it is asked for", () => {
  const { result, rerender } = open([3, 2]);
  expect(result.current).toMatchObject({ shown: [3, 2], waiting: 0 });
  rerender({ rows: [5, 4, 3, 2], list: "all" });
  expect(result.current).toMatchObject({ shown: [3, 2], waiting: 2 });
  act(() => result.current.show());
  expect(result.current).toMatchObject({ shown: [5, 4, 3, 2], waiting: 0 });
});

test("older rows that are loaded do not wait, and other filters begin anew", () => {
  const { result, rerender } = open([3, 2]);
  rerender({ rows: [3, 2, 1], list: "all" });
  expect(result.current).toMatchObject({ shown: [3, 2, 1], waiting: 0 });
  rerender({ rows: [9, 8], list: "apply" });
  expect(result.current).toMatchObject({ shown: [9, 8], waiting: 0 });
});

test("an empty list shows its first rows at once", () => {
  const { result, rerender } = open(undefined);
  expect(result.current.shown).toEqual([]);
  rerender({ rows: [], list: "all" });
  rerender({ rows: [1], list: "all" });
  expect(result.current).toMatchObject({ shown: [1], waiting: 0 });
});
