import { changePerson, createPerson, listPeople } from "@plumbline/contract";
import type { BodyOf, Person } from "@plumbline/contract";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startFakeApi } from "../testing/fake-api.ts";
import type { FakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";
import type { FakeTerminalOptions } from "../testing/fake-terminal.ts";

const ada: Person = {
  name: "ada",
  displayName: "Ada Byron",
  email: null,
  addresses: [],
  roles: [{ role: "reader", environments: "*" }],
  disabledAt: null,
  createdAt: "2026-11-22T07:00:00.000Z",
  tokens: 0,
  lastSeenAt: null,
};
let api: FakeApi;
let changes: BodyOf<typeof changePerson>[];
beforeEach(async () => {
  api = await startFakeApi();
  changes = [];
  api.answer(listPeople, () => ({ items: [ada] }));
  api.answer(changePerson, ({ params, body }) => {
    changes.push(body);
    return {
      ...ada,
      name: params.name,
      roles: body.roles ?? ada.roles,
      disabledAt: body.disabled === true ? ada.createdAt : null,
    };
  });
});
afterEach(() => api[Symbol.asyncDispose]());
const run = (args: string[], options: FakeTerminalOptions = {}) =>
  plumb(["people", ...args], { ...options, env: { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" } });

test("a person is added with roles, and a password that is printed nowhere", async () => {
  const made: BodyOf<typeof createPerson>[] = [];
  api.answer(createPerson, ({ body }) => {
    made.push(body);
    return { ...ada, roles: body.roles };
  });
  const args = ["create", "ada", "--display-name", "Ada Byron", "--email", "ada@acme.example"];
  const roles = ["--role", "proposer", "--role", "approver:globex/*"];
  const typed = "long s3cret\rlong s3cret\r";
  const { exitCode, stdout, stderr } = await run([...args, ...roles, "--password"], { typed });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^Added ada \(Ada Byron\)\.\n.*roles.* proposer, approver \(globex\/\*\)/);
  expect(stdout + stderr).not.toContain("s3cret");
  expect(made[0]).toMatchObject({
    password: "long s3cret",
    roles: [{}, { role: "approver", environments: "globex/*" }],
  });
  expect((await run(args)).stdout).toContain("Next: plumb people grant ada ROLE");
  expect(made[1]).not.toHaveProperty("password");
  expect((await run([...args, "--password"], { typed: "one s3cret\rother s3cret\r" })).exitCode).toBe(2);
  expect((await run([...args, "--role", "king"])).stderr).toContain("“king” is not a role");
  expect(made).toHaveLength(2);
});

test("name, addresses and password are changed; an e-mail is taken away", async () => {
  await run(["change", "ada", "--email", "none", "--address", "a@x.example", "--address", "b@x.example"]);
  await run(["change", "ada", "--password", "--json"], { stdin: "piped s3cret\n" });
  expect(changes).toEqual([{ email: null, addresses: ["a@x.example", "b@x.example"] }, { password: "piped s3cret" }]);
  expect((await run(["change", "ada", "--json"])).exitCode).toBe(2);
});

test("a person is disabled and enabled", async () => {
  expect((await run(["disable", "ada"])).stdout).toContain("Disabled ada (Ada Byron).");
  expect((await run(["enable", "ada"])).stdout).toContain("Enabled ada");
  expect(changes).toEqual([{ disabled: true }, { disabled: false }]);
});

test("roles are given and taken; the others stay", async () => {
  const approver = { role: "approver", environments: "prod" };
  expect((await run(["grant", "ada", "approver:prod", "reader"])).stdout).toContain("reader, approver (prod)");
  expect((await run(["revoke", "ada", "reader"])).stdout).toContain("roles  no role");
  expect(changes).toEqual([{ roles: [ada.roles[0], approver] }, { roles: [] }]);
  const missing = await run(["revoke", "ada", "approver:prod"]);
  expect(missing.stderr).toContain("ada does not have approver (prod).\n  Next: He has reader.");
  expect((await run(["grant", "bob", "reader"])).exitCode).toBe(6);
  expect(changes).toHaveLength(2);
});
