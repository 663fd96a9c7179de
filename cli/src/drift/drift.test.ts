import { checkDrift, getDriftCase, getRun, listDriftCases, revertDrift } from "@plumbline/contract";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startFakeApi } from "../testing/fake-api.ts";
import type { FakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";
import { driftCase, pullRequest, run as runOf, runSummary } from "../testing/fixtures.ts";

let api: FakeApi;
beforeEach(async () => {
  api = await startFakeApi();
});
afterEach(() => api[Symbol.asyncDispose]());
const run = (...args: string[]) => plumb(args, { env: { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" } });

test("cases are listed", async () => {
  api.answer(listDriftCases, ({ query }) => {
    expect(query).toMatchObject({ status: "open" });
    return { items: [driftCase()], cursor: null };
  });
  expect((await run("drift", "list", "--status", "open")).stdout)
    .toBe(`CASE  STATUS  SEVERITY  WORKSPACE      OPENED      PR  OWNERS  WHAT
  57  open    critical  database/prod  60 min ago      owner   Port 5432 is open to 0.0.0.0/0
`);
});

test("a case shows what changed from what to what", async () => {
  api.answer(getDriftCase, () => driftCase());
  expect((await run("drift", "show", "57")).stdout).toContain(`
From what was applied to what is there
  # lab_database.main was changed
  # components/database/main.tf:10
! resource "lab_database" "main" {
!     public = false -> true # line 12
!     password = (sensitive value) -> (sensitive value)
      # 4 unchanged
  }

Timeline
  2026-11-22 07:00:00Z  plumbline: found
`);
});

test("a check that finds drift ends with 1, one that finds none with 0", async () => {
  let polls = 0;
  let items = [driftCase(), driftCase({ number: 12, status: "closed" })];
  api.answer(checkDrift, ({ params }) => {
    expect(params.workspace).toBe("database/prod");
    return runSummary({ number: 41, kind: "drift", status: "queued" });
  });
  api.answer(getRun, () => runOf({ number: 41, kind: "drift", status: polls++ === 0 ? "running" : "finished" }));
  api.answer(listDriftCases, () => ({ items, cursor: null }));
  const found = await run("drift", "check", "database/prod", "--wait", "--json");
  expect(found.exitCode).toBe(1);
  expect(JSON.parse(found.stdout).items).toHaveLength(1);
  items = [];
  expect(await run("drift", "check", "database/prod", "--wait")).toMatchObject({
    exitCode: 0,
    stdout: "No drift.\n",
  });
  expect((await run("drift", "check", "database/prod")).stdout).toContain("run 41, queued");
});

test("a check that fails is told as failed, not as no drift", async () => {
  api.answer(checkDrift, () => runSummary({ number: 41, kind: "drift", status: "queued" }));
  api.answer(getRun, () => runOf({ number: 41, status: "failed", reason: "No credentials." }));
  const { exitCode, stderr } = await run("drift", "check", "database/prod", "--wait");
  expect(exitCode).toBe(1);
  expect(stderr).toContain("Run 41 is failed: No credentials.");
});

test("revert opens a pull request", async () => {
  api.answer(revertDrift, ({ body }) => {
    expect(body).toEqual({ ticket: "OPS-3" });
    return pullRequest({ number: 140, title: "Revert drift of database/prod" });
  });
  expect((await run("drift", "revert", "57", "--ticket", "OPS-3")).stdout).toContain("Opened: #140");
});

test("cases are searched for, and a search without a case does not say that there is no drift", async () => {
  const asked: unknown[] = [];
  api.answer(listDriftCases, ({ query }) => {
    asked.push(query.search);
    return { items: [], cursor: null };
  });
  expect((await run("drift", "list", "--search", "port prod")).stdout).toBe("No case fits.\n");
  expect((await run("drift", "list")).stdout).toBe("No drift.\n");
  expect(asked).toEqual(["port prod", undefined]);
});
