import { expect, it } from "vitest";
import { suggest } from "./suggestion.ts";

it("proposes what is near, and nothing where two are equally near", () => {
  expect(suggest("databse", ["database", "network"])).toBe("database");
  expect(suggest("netwrok", ["network"])).toBe("network");
  expect(suggest("xyz", ["database"])).toBeUndefined();
  expect(suggest("a1", ["a2", "a3"])).toBeUndefined();
});
