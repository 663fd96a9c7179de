import { actions } from "@plumbline/contract";
import type { Action } from "@plumbline/contract";
import { expect, test } from "vitest";
import type { Actor } from "./actor.ts";
import { authorize, canDo } from "./authorize.ts";

const person = (more: Partial<Actor> = {}): Actor => ({
  kind: "person",
  organizationId: "o",
  organization: "acme",
  id: "p",
  name: "owner",
  displayName: "Olga Winter",
  email: null,
  roles: [{ role: "approver", environments: "*" }],
  scopes: null,
  via: "session",
  ...more,
});

test("what is refused is said in words of the product, with whom to ask", () => {
  expect(canDo(person(), "environment.propose", "prod")).toEqual({
    allowed: false,
    reason: "You may not propose to prod. Ask an administrator.",
  });
  expect(() => authorize(person(), "state.read", "prod")).toThrow("owner may not read states of prod.");
  expect(() => authorize(person(), "environment.operate")).toThrow("owner may not operate any environment.");
});

test("where the role would do, the token is named", () => {
  const narrow = person({ scopes: ["read"], via: "token" });
  expect(canDo(narrow, "environment.approve", "prod").reason).toBe(
    "This token may not approve for prod: its scopes are read. Use one with a scope that holds it.",
  );
  expect(() => authorize(narrow, "environment.approve", "prod")).toThrow(
    expect.objectContaining({ data: { right: "environment.approve", environment: "prod", scopes: ["read"] } }),
  );
  expect(() => authorize(narrow, "audit.read")).toThrow(expect.objectContaining({ data: { right: "audit.read" } }));
  expect(canDo(narrow, "environment.propose", "prod").reason).toBe(
    "You may not propose to prod. Ask an administrator.",
  );
});

test("no refusal tells the internal name of a right", () => {
  const nobody = person({ roles: [] });
  for (const action of Object.keys(actions) as Action[])
    expect(canDo(nobody, action, "prod").reason).not.toContain(action);
  for (const action of Object.keys(actions) as Action[]) expect(canDo(nobody, action).reason).not.toContain(action);
});
