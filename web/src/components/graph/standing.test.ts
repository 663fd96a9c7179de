import { expect, test } from "vitest";
import { showsNames, standing } from "./standing.ts";

const many = Array.from({ length: 12 }, (_, index) => ({ state: index === 7 ? "drifted" : "in_sync" }) as const);

test("of many environments a box shows those that are not in sync, and counts the rest", () => {
  expect(standing(many)).toEqual({ shown: [{ state: "drifted" }], rest: 11 });
  expect(standing(many.slice(0, 4))).toEqual({ shown: many.slice(0, 4), rest: 0 });
});

test("names stand beside the glyphs only where they fit", () => {
  const named = (...names: string[]) => names.map((environment) => ({ environment }));
  expect(showsNames(named("dev", "prod"))).toBe(true);
  expect(showsNames(named("dev", "globex/prod", "initech/prod"))).toBe(false);
});
