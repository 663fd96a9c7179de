import { expect, test } from "vitest";
import { me } from "../../testing/fixtures/people.ts";
import { pullRequests } from "../../testing/fixtures/pull-requests.ts";
import { workspaces } from "../../testing/fixtures/workspaces.ts";
import { findItems, paletteItems } from "./palette-items.ts";

test("every word must be in it; what begins with it comes first", () => {
  const found = findItems(paletteItems(workspaces, pullRequests, me), "database pr");
  expect(found.slice(0, 4).map(({ label }) => label)).toEqual([
    "database/prod",
    "Check drift of database/prod",
    "Audit of database/prod",
    "Apply database/prod",
  ]);
});

test("a forbidden action is shown with the reason and does nothing", () => {
  const [reader] = [{ ...me, roles: [{ role: "reader" as const, environments: "*" }] }];
  const items = paletteItems(workspaces, [], reader);
  expect(items.find(({ id }) => id === "check:database/prod")).toMatchObject({
    why: "not allowed: only who may operate prod",
    act: { kind: "none" },
  });
  expect(items.find(({ id }) => id === "apply:database/prod")?.why).toBe("not allowed: applies come from merges only");
  expect(paletteItems(workspaces, [], me).find(({ id }) => id === "check:database/prod")?.act).toEqual({
    kind: "check-drift",
    workspace: "database/prod",
  });
});
