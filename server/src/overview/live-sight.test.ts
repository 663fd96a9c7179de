import { expect, test } from "vitest";
import type { Actor } from "../access/actor.ts";
import { topicsFor } from "./live-sight.ts";
import type { LiveSight } from "./live-sight.ts";

const gina: Actor = {
  kind: "person",
  organizationId: "00000000-0000-0000-0000-000000000001",
  organization: "acme",
  id: "00000000-0000-0000-0000-000000000002",
  name: "gina",
  displayName: "Gina",
  email: null,
  roles: [{ role: "reader", environments: "globex/*" }],
  scopes: null,
  via: "session",
};

test("of thousands of runs that moved together it is asked once which ones somebody hears of", async () => {
  const asked: (readonly number[])[] = [];
  const sight: LiveSight = {
    runs: async (_, numbers) => {
      asked.push(numbers);
      return new Set(numbers.filter((number) => number % 2 === 0));
    },
    pullRequest: async (_, number) => number === 7,
    driftCase: async () => false,
  };
  const numbers = Array.from({ length: 1_000 }, (_, index) => index + 1);
  const environments = ["initech/prod", "globex/prod"];
  const moved = numbers.flatMap((number) => [
    `run:${number}`,
    `workspace:c${number}/${environments[number % 2 === 0 ? 1 : 0]}`,
  ]);
  const heard = await topicsFor(sight, gina, [
    "overview",
    ...moved,
    "pull-request:7",
    "pull-request:8",
    "drift-case:7",
  ]);
  expect(asked).toEqual([numbers]);
  const own = numbers.filter((number) => number % 2 === 0);
  expect(heard).toEqual([
    ...own.flatMap((number) => [`run:${number}`, `workspace:c${number}/globex/prod`]),
    "pull-request:7",
    "overview",
  ]);
});

test("nothing is asked where nothing has a number, and nothing heard of what is others'", async () => {
  const sight: LiveSight = {
    runs: () => Promise.reject(new Error("asked")),
    pullRequest: () => Promise.reject(new Error("asked")),
    driftCase: () => Promise.reject(new Error("asked")),
  };
  expect(await topicsFor(sight, gina, ["overview", "runners", "run:x", "workspace:network/initech/prod"])).toEqual([]);
});
