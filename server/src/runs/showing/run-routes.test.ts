import type { Run, RunEvent } from "@plumbline/contract";
import { expect, test } from "vitest";
import type { Actor } from "../../access/actor.ts";
import { acceptedTool } from "../../testing/accepted-tool.ts";
import { testApi } from "../../testing/test-api.ts";
import { runRoutes } from "./run-routes.ts";
import { runnerRoutes } from "../runner-calls/runner-routes.ts";
import { carryOut, fakeRunner } from "../testing/fake-runner.ts";
import { runsFixture } from "../testing/runs-fixture.ts";
import { scenario, there } from "../testing/scenario.ts";

const fixture = await runsFixture();
const { context, database, organizationId } = fixture;
const dev: Actor = {
  kind: "person",
  organizationId,
  organization: "acme",
  id: fixture.personId,
  name: "dev",
  displayName: "Dev",
  email: null,
  roles: [{ role: "proposer", environments: "dev" }],
  scopes: null,
  via: "session",
};
const signedIn = { actor: dev };
const api = await testApi<Actor>({ authenticate: async () => signedIn.actor });
runnerRoutes(api.app, context);
runRoutes(api, context);
const { plan, merge } = scenario(fixture);
const runner = await fakeRunner(fixture, api.app, "one");
const call = (method: "GET" | "POST", path: string) => api.app.inject({ method, url: `/api/v1/runs${path}` });
const at = "2026-11-22T08:00:00.000Z";
const log = (sequence: number, ...lines: string[]): RunEvent => ({ type: "log", sequence, at, phase: "plan", lines });

test("a waiting claim is answered within milliseconds once a run is queued, over the one listening connection", async () => {
  await runner.claim(); // nothing: the listener is connected from here on
  const waiting = runner.claim(10);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const started = performance.now();
  await plan({ name: "network/dev" });
  const job = there(await waiting);
  const [row] = await database.sql<{ waits: number }>(
    "select count(*) as waits from pg_stat_activity where query like 'listen %' and datname = current_database()",
  );
  expect(Number(row?.waits)).toBe(1);
  expect(performance.now() - started).toBeLessThan(5_000); // far below the time it would have waited
  expect(job.runNumber).toBe(1);
  await runner.events(job, [
    { type: "phase_started", sequence: 1, at, phase: "plan" },
    log(2, "one", "two"),
    log(3, "three"),
    {
      type: "phase_finished",
      sequence: 4,
      at,
      phase: "plan",
      outcome: "ok",
      line: "1 to add",
      seconds: 1.5,
      cpuSeconds: 0.5,
    },
  ]);
});

test("the log is numbered over all events, each is stored once, and a page can go on from any line", async () => {
  const job = { runId: (await idOf(1)) ?? "", epoch: 1 } as Parameters<typeof runner.events>[0];
  const again = await runner.events(job, [log(2, "again"), log(3, "again"), log(5, "four\u0000")]);
  expect(again.json()).toEqual({ acknowledged: 5, cancel: false });
  const lines = async (after: number) => (await call("GET", `/1/log?after=${after}`)).json();
  expect((await lines(0)).lines.map(({ id, text }: { id: number; text: string }) => [id, text])).toEqual([
    [1, "one"],
    [2, "two"],
    [3, "three"],
    [4, "four\ufffd"],
  ]);
  expect((await lines(1)).lines.map(({ id }: { id: number }) => id)).toEqual([2, 3, 4]);
  expect(await lines(4)).toEqual({ lines: [], ended: false });
});

test("the stream sends what was there, what comes, and ends with the run", async () => {
  const url = await api.listen();
  const response = await fetch(`${url}/api/v1/runs/1/log/stream`, { headers: { "last-event-id": "2" } });
  const reading = response.text();
  const job = { runId: (await idOf(1)) ?? "", epoch: 1 } as Parameters<typeof runner.events>[0];
  job.engine = { name: acceptedTool.name, constraint: "", binary: acceptedTool };
  await new Promise((resolve) => setTimeout(resolve, 100));
  await runner.events(job, [log(6, "five <b>")]);
  await carryOut(runner, job);
  const text = await reading;
  expect([...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => id)).toEqual(["3", "4", "5"]);
  expect(text).toContain('"text":"five <b>"');
  expect(text.trimEnd().endsWith("event: end\ndata: {}")).toBe(true);
});

test("a run's page says what is the case, what comes next and who can do it", async () => {
  const planned: Run = (await call("GET", "/1")).json();
  expect(planned).toMatchObject({
    status: "finished",
    reason: "Planned: 1 to add.",
    next: null,
    engine: { name: "terraform", constraint: "~> 1.10", version: "1.11.0" },
    can: {
      cancel: { allowed: false, reason: "It is finished." },
      retry: { allowed: false, reason: "Only applies are tried again." },
    },
  });
  expect(planned.planText).toContain("lab_bucket.logs");
  expect(planned.phases.find(({ phase }) => phase === "plan")).toMatchObject({
    outcome: "ok",
    line: "1 to add",
    seconds: 1.5,
  });
  await merge(1, [{ name: "network/dev" }]);
  await carryOut(runner, there(await runner.claim()), { changes: { "lab_bucket.other": "x" } });
  const held: Run = (await call("GET", "/2")).json();
  expect(held.reason).toBe("It could be planned only now: 1 to add; nobody has approved that yet.");
  expect(held.next).toContain("those who may approve for dev approve this plan on #2");
  expect(held.can.approve).toEqual({ allowed: false, reason: "You may not approve for dev. Ask an administrator." });
});

test("lists filter, page and show only environments that may be read", async () => {
  await plan({ name: "network/prod" });
  const list = async (query: string) => (await call("GET", query)).json();
  expect((await list("?limit=1")).items).toEqual([]);
  expect((await list("?kind=apply")).items.map(({ number }: { number: number }) => number)).toEqual([2]);
  expect((await list("?repository=shop&limit=1")).items).toEqual((await list("?limit=1")).items);
  expect((await list("?repository=shop&kind=apply")).items).toHaveLength(1);
  expect((await list("?repository=another")).items).toEqual([]);
  const found = async (search: string) =>
    (await list(`?search=${encodeURIComponent(search)}`)).items.map(({ number }: { number: number }) => number);
  expect(await found("WORK/d net")).toEqual([2, 1]);
  expect(await found("#2")).toEqual([2]);
  expect(await found("1 network")).toEqual([1]);
  expect(await found("1 database")).toEqual([]);
  expect(await found("3")).toEqual([]);
  expect((await list("?workspace=network%2Fdev&limit=1")).cursor).toBe("2");
  expect((await list("?workspace=network%2Fdev&limit=1&cursor=2")).items[0].number).toBe(1);
  expect((await call("GET", "/3")).statusCode).toBe(403);
  expect((await call("GET", "/99")).statusCode).toBe(404);
  expect((await call("POST", "/3/cancel")).statusCode).toBe(403);
});

test("what waits is stopped at once, what runs is asked to stop; an apply only by who operates", async () => {
  expect((await call("POST", "/2/cancel")).statusCode).toBe(403);
  signedIn.actor = { ...dev, roles: [{ role: "operator", environments: "*" }] };
  expect((await call("POST", "/2/cancel")).json()).toMatchObject({ status: "canceled", reason: "Stopped by dev." });
  expect((await call("POST", "/2/cancel")).statusCode).toBe(409);
  const job = there(await runner.claim());
  expect((await call("POST", `/${job.runNumber}/cancel`)).json()).toMatchObject({
    status: "running",
    reason: "It is stopping on one: stopped by dev.",
  });
  expect((await runner.heartbeat(job))[0]?.cancel).toBe(true);
  expect((await runner.events(job, [])).json().cancel).toBe(true);
  await runner.finish(job, "canceled");
  expect((await call("GET", `/${job.runNumber}`)).json().status).toBe("canceled");
  expect((await call("POST", "/2/retry")).json()).toMatchObject({ status: "queued", attempt: 2 });
});

test("an apply shows what was done to each resource and when, in the order in which it began", async () => {
  const job = there(await runner.claim());
  expect(job.runNumber).toBe(2);
  let sequence = 0;
  const engine = (second: number, type: string, addr: string, action: string): RunEvent => ({
    type: "engine",
    sequence: ++sequence,
    at: `2026-11-22T08:00:0${second}.000Z`,
    phase: "apply",
    event: { type, hook: { resource: { addr }, action } },
  });
  await runner.events(job, [
    engine(0, "apply_start", "data.lab_image.base", "read"),
    engine(0, "apply_complete", "data.lab_image.base", "read"),
    engine(1, "apply_start", 'lab_bucket.logs["<b>"]', "delete"),
    engine(2, "apply_start", "lab_bucket.other", "update"),
    engine(3, "apply_complete", 'lab_bucket.logs["<b>"]', "delete"),
    engine(3, "apply_start", 'lab_bucket.logs["<b>"]', "create"),
    engine(4, "apply_errored", "lab_bucket.other", "update"),
  ]);
  const { operations }: Run = (await call("GET", "/2")).json();
  const time = (second: number) => `2026-11-22T08:00:0${second}.000Z`;
  expect(operations.map((one) => [one.action, one.address, one.outcome, one.startedAt, one.finishedAt])).toEqual([
    ["delete", 'lab_bucket.logs["<b>"]', "ok", time(1), time(3)],
    ["update", "lab_bucket.other", "failed", time(2), time(4)],
    ["create", 'lab_bucket.logs["<b>"]', "running", time(3), null],
  ]);
});

async function idOf(number: number): Promise<string | undefined> {
  return (await database.sql<{ run_id: string }>("select run_id from runs where number = $1", [number]))[0]?.run_id;
}
