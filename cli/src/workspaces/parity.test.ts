import { getParity, listStateResources, listWorkspaceValues } from "@plumbline/contract";
import type { ResponseOf, ValueOrigin } from "@plumbline/contract";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startFakeApi } from "../testing/fake-api.ts";
import type { FakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";

let api: FakeApi;
beforeEach(async () => {
  api = await startFakeApi();
});
afterEach(() => api[Symbol.asyncDispose]());
const run = (...args: string[]) => plumb(args, { env: { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" } });

const origin: ValueOrigin = {
  source: "workspace_file",
  value: "[\n  1,\n]",
  file: "environments/prod/db.tfvars",
  line: 2,
  why: null,
  version: null,
  owner: null,
  setAt: null,
  from: null,
};
const sealed: ValueOrigin = { ...origin, source: "sealed", value: null, version: 3, owner: "common" };

beforeEach(() => {
  api.answer(getParity, ({ query }): ResponseOf<typeof getParity> => {
    const second = query.cursor === "1";
    return {
      repository: "shop",
      environments: ["dev", "prod"].map((name) => ({ name, pin: null })),
      hidden: 1,
      components: [
        {
          component: second ? "web" : "db",
          layer: "shared",
          workspaces: [],
          counts: { same: 1, follows: 0, explained: 0, unexplained: second ? 0 : 1, forbidden: 0 },
          rows: second
            ? []
            : [
                {
                  kind: "value",
                  name: "sizes",
                  verdict: "unexplained",
                  sentence: "No reason stands beside it in prod.",
                  rule: "environment-value-unexplained",
                  cells: [
                    { environment: "dev", text: "[1]", origin: null, wanting: false },
                    { environment: "prod", text: origin.value, origin, wanting: true },
                  ],
                },
                { kind: "code", name: "code", verdict: "same", sentence: "One commit.", rule: null, cells: [] },
              ],
        },
      ],
      cursor: second || query.component !== undefined ? null : "1",
    };
  });
});

test("parity lists every component, and under it what needs somebody with its place", async () => {
  const { stdout } = await run("workspaces", "parity");
  expect(stdout).toMatch(/^db +shared +0 +1 +0 +0 +1$/m);
  expect(stdout).toMatch(/^web +shared +0 +0/m);
  expect(stdout).toMatch(/^sizes +unexplained +\[1\] +\[ 1, \]$/m);
  expect(stdout).toContain("  No reason stands beside it in prod.\n  environments/prod/db.tfvars:2\n");
  expect(stdout).not.toContain("One commit.");
  expect(stdout).toContain("1 environment that you may not read is not compared.");
  expect(JSON.parse((await run("workspaces", "parity", "--json")).stdout).components).toHaveLength(2);
});

test("parity of one component shows what is the same only when asked", async () => {
  expect((await run("workspaces", "parity", "db")).stdout).not.toContain("One commit.");
  expect((await run("workspaces", "parity", "db", "--all")).stdout).toContain("One commit.");
  expect(api.requests.at(-1)).toContain("component=db");
});

test("values name the place of each and of what it wins over, never what is sealed", async () => {
  const item = { type: null, description: null, declared: null, sensitive: false, overrides: [] };
  api.answer(listWorkspaceValues, ({ params }) => ({
    workspace: params.workspace,
    codeCommit: null,
    problems: [{ message: "Expected a value", file: "environments/prod/common.tfvars", line: 4 }],
    items: [
      { ...item, name: "sizes", origin: { ...origin, why: "three years" }, overrides: [sealed] },
      { ...item, name: "missing", declared: { file: "c/main.tf", line: 1 }, origin: null },
    ],
  }));
  const { stdout } = await run("workspaces", "values", "db/prod");
  expect(stdout).toContain("environments/prod/common.tfvars:4: Expected a value");
  expect(stdout).toMatch(
    /sizes \(not in the code\) +\[ 1, \] +workspace file +environments\/prod\/db.tfvars:2 +three years/,
  );
  expect(stdout).toMatch(/ {2}instead of +version 3 of common +sealed/);
  expect(stdout).toMatch(/missing +no value/);
});

test("state resources travels to an instant, and says where there was nothing", async () => {
  const at = "2026-11-20T00:00:00.000Z";
  const version = {
    version: 2,
    serial: 2,
    lineage: "l",
    size: 9,
    resources: 1,
    sha256: "0",
    run: null,
    pullRequest: null,
  };
  api.answer(listStateResources, ({ query }): ResponseOf<typeof listStateResources> =>
    query.at === at
      ? {
          version: { ...version, createdAt: at },
          until: null,
          resources: [
            {
              address: "lab_bucket.logs",
              resource: "lab_bucket.logs",
              module: "",
              mode: "managed",
              type: "lab_bucket",
              dependsOn: [],
            },
          ],
          outputs: [{ name: "url", sensitive: false }],
        }
      : { version: null, until: null, resources: [], outputs: [] },
  );
  const { stdout } = await run("state", "resources", "db/prod", "--at", "2026-11-20");
  expect(stdout).toBe("db/prod: version 2, from 2026-11-20 00:00:00Z\n  lab_bucket.logs\n1 resource\nOutputs: url\n");
  expect((await run("state", "resources", "db/prod", "--at", "2026-01-01")).stdout).toContain("There was no state at");
  expect((await run("state", "resources", "db/prod", "--at", "2026-01-01", "--version", "1")).exitCode).not.toBe(0);
});
