import { cancelRun, getRun, getRunLog, listRuns, problem, streamRunLog } from "@plumbline/contract";
import type { Run } from "@plumbline/contract";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startFakeApi } from "../testing/fake-api.ts";
import type { FakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";
import { run as runOf, runSummary } from "../testing/fixtures.ts";

let api: FakeApi;
beforeEach(async () => {
  api = await startFakeApi();
});
afterEach(() => api[Symbol.asyncDispose]());
const run = (...args: string[]) => plumb(args, { env: { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" } });

const line = (id: number, text: string) => ({
  id,
  phase: "apply" as const,
  at: "2026-11-22T07:00:00.000Z",
  text,
});
const event = (id: number, text: string) => `event: line\ndata: ${JSON.stringify(line(id, text))}\n\n`;

test("runs are listed by filter", async () => {
  api.answer(listRuns, ({ query }) => {
    expect(query).toMatchObject({ workspace: "database/prod", status: "failed", pullRequest: 128 });
    return {
      items: [runSummary({ status: "failed", reason: "The provider refused" })],
      cursor: null,
    };
  });
  const { stdout } = await run(
    "runs",
    "list",
    "--workspace",
    "database/prod",
    "--status",
    "failed",
    "--pull-request",
    "128",
  );
  expect(stdout).toBe(`RUN  KIND   STATUS  WORKSPACE      PR    PLAN   CREATED
 12  apply  failed  database/prod  #128  +1 ~2  60 min ago  The provider refused
`);
});

test("a run shows phases, plan and error", async () => {
  const error = { code: "engine_failed", detail: "no such type", file: "main.tf", line: 3 };
  api.answer(getRun, () => runOf({ status: "failed", error, next: "dev retries." }));
  const { stdout, exitCode } = await run("runs", "show", "12");
  expect(exitCode).toBe(0);
  expect(stdout).toContain("Run 12: apply database/prod  failed\ndev retries.\n");
  expect(stdout).toContain("error         main.tf:3: no such type\n");
  expect(stdout).toContain("PHASE  OUTCOME  SECONDS\nfetch  ok           0.1  12 files\n");
  expect(stdout).toContain("!     public = false -> true");
});

test("an apply shows what it did to each resource, when and how long", async () => {
  const begins = "2026-11-22T07:00:00.000Z";
  const of = (address: string, more: Partial<Run["operations"][number]>): Run["operations"][number] => ({
    address,
    action: "create",
    outcome: "ok",
    startedAt: begins,
    finishedAt: "2026-11-22T07:00:02.500Z",
    ...more,
  });
  const operations = [
    of("lab_network.this", {}),
    of("lab_database.main", { outcome: "running", startedAt: "2026-11-22T07:00:03.000Z", finishedAt: null }),
  ];
  const times = { startedAt: begins, finishedAt: "2026-11-22T07:01:00.000Z" };
  api.answer(getRun, () => runOf({ status: "unknown", operations, approvedRun: 9, ...times }));
  const { stdout } = await run("runs", "show", "12");
  expect(stdout).toContain("took          60 s\n");
  expect(stdout).toContain("approved      run 9, whose plan differs from this one\n");
  expect(stdout).toContain(`
Resources
RESOURCE                   OUTCOME  BEGAN  SECONDS
lab_network.this   create  ok        +0.0      2.5
lab_database.main  create  unknown   +3.0
`);
});

test("a log is printed with phases, and cannot steer the terminal", async () => {
  api.answer(getRunLog, () => ({
    lines: [line(1, "one"), line(2, "two\u001B[2J\nthree")],
    ended: true,
  }));
  expect((await run("runs", "logs", "12")).stdout).toBe("apply one\napply two\uFFFD[2J\napply three\n");
});

test("a followed log goes on over a cut connection, tells no line twice, and ends with the run", async () => {
  let connections = 0;
  let status: "running" | "finished" = "running";
  api.answer(streamRunLog, (_, response) => {
    response.setHeader("content-type", "text/event-stream");
    connections++;
    if (connections === 1) throw problem("unavailable", "It starts again.");
    if (connections === 2) {
      response.write(`${event(1, "one")}event: line\ndata: {"id":2,`);
      setTimeout(() => response.destroy(), 50);
    } else {
      status = "finished";
      response.end(`${event(1, "one")}${event(2, "two")}event: end\ndata: {}\n\n`);
    }
    return new Promise(() => undefined);
  });
  api.answer(getRun, () => runOf({ status }));
  api.answer(getRunLog, ({ query }) => {
    expect(query.after).toBe(2);
    return { lines: [line(3, "three")], ended: true };
  });
  const text = await run("runs", "logs", "12", "--follow");
  expect(text).toMatchObject({
    exitCode: 0,
    stderr: "The log broke off; it is asked for again.\nThe log broke off; it is asked for again.\n",
    stdout: "apply one\napply two\napply three\n",
  });
});

test("following a run that fails ends with 1, in JSON too", async () => {
  api.answer(streamRunLog, () => `${event(1, "one")}event: end\ndata: {}\n\n`);
  api.answer(getRunLog, () => ({ lines: [], ended: true }));
  api.answer(getRun, () => runOf({ status: "failed", reason: "The engine ended with 1." }));
  const { exitCode, stdout, stderr } = await run("runs", "logs", "12", "-f", "--json");
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toEqual(line(1, "one"));
  expect(JSON.parse(stderr)).toMatchObject({
    code: "run_failed",
    detail: "Run 12 is failed: The engine ended with 1.",
  });
});

test("cancel asks the run to stop", async () => {
  api.answer(cancelRun, ({ params }) =>
    runOf({ number: params.number, reason: "It stops after the resource it is at." }),
  );
  expect((await run("runs", "cancel", "12")).stdout).toBe(
    "Asked to stop: run 12, apply database/prod, running.\nIt stops after the resource it is at.\n",
  );
});
