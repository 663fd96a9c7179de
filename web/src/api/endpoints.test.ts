import * as contract from "@plumbline/contract/api/index";
import { expect, test } from "vitest";
import { address } from "./call.ts";
import { endpoints } from "./endpoints.ts";

test("method and path of every endpoint are the contract's", () => {
  const declared = Object.fromEntries(
    Object.values<unknown>(contract).flatMap((value) =>
      typeof value === "object" && value !== null && "id" in value && "path" in value && "method" in value
        ? [[String(value.id), [value.method, value.path].join(" ")]]
        : [],
    ),
  );
  for (const [id, text] of Object.entries(endpoints)) expect(`${id}: ${text}`).toBe(`${id}: ${declared[id]}`);
});

test("parameters are encoded and undefined query values left out", () => {
  expect(
    address("/api/v1/workspaces/:workspace/state", { workspace: "database/prod" }, { version: 3, after: undefined }),
  ).toBe("/api/v1/workspaces/database%2Fprod/state?version=3");
});
