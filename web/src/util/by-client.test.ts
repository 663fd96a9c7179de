import { expect, test } from "vitest";
import { byClient } from "./by-client.ts";

test("environments of a client stand beside each other, the organization's own first, in order inside of each", () => {
  const names = ["globex/test", "dev", "initech/test", "globex/prod", "prod", "initech/prod"];
  expect(byClient(names.map((name) => ({ name }))).map(({ name }) => name)).toEqual([
    "dev",
    "prod",
    "globex/test",
    "globex/prod",
    "initech/test",
    "initech/prod",
  ]);
});
