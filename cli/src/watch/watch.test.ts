import { stripVTControlCharacters } from "node:util";
import { getPullRequest, getRunLog, problem, streamEvents } from "@plumbline/contract";
import type { AffectedWorkspace, PullRequest } from "@plumbline/contract";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startFakeApi } from "../testing/fake-api.ts";
import type { FakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";
import type { FakeTerminalOptions } from "../testing/fake-terminal.ts";
import { pullRequest } from "../testing/fixtures.ts";

let api: FakeApi;
beforeEach(async () => {
  api = await startFakeApi();
});
afterEach(() => api[Symbol.asyncDispose]());
const watch = (args: string[] = [], options: FakeTerminalOptions = {}) =>
  plumb(["prs", "watch", "128", ...args], {
    ...options,
    env: { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" },
  });

const workspace = pullRequest().affected[0]!;
const gate = pullRequest().gate[0]!;
const at = "2026-11-22T07:00:00.000Z";
/** The stages that a pull request goes through; each look shows the next. */
const stages: PullRequest[] = [
  pullRequest({
    state: "planning",
    sentence: "It is planned.",
    gate: [],
    affected: [{ ...workspace, runStatus: "running", counts: null, line: "Plans" }],
  }),
  pullRequest({ state: "waits", sentence: "owner approves." }),
  pullRequest({
    state: "applying",
    status: "merged",
    sentence: "It is applied.",
    gate: [],
    affected: [{ ...workspace, applyRun: 13, applyStatus: "running" }],
  }),
  pullRequest({
    state: "applied",
    status: "merged",
    sentence: "All is applied.",
    gate: [],
    affected: [{ ...workspace, applyRun: 13, applyStatus: "finished" }],
  }),
];

function show(given: PullRequest[]): void {
  let look = 0;
  api.answer(getPullRequest, () => given[Math.min(look++, given.length - 1)]!);
  api.answer(getRunLog, ({ params }) => ({
    lines: [
      {
        id: params.number,
        phase: params.number === 12 ? ("plan" as const) : ("apply" as const),
        at,
        text: `line of ${params.number}\u001B[2J\n`,
      },
    ],
    ended: false,
  }));
}

/** A stream that says again and again that the pull request changed. */
function stream(topic: string): void {
  api.answer(streamEvents, (_, response) => {
    response.setHeader("content-type", "text/event-stream");
    const timer = setInterval(
      () => response.write(`event: changed\ndata: ${JSON.stringify({ topics: [topic], at })}\n\n`),
      20,
    );
    response.on("close", () => clearInterval(timer));
    return new Promise<never>(() => undefined);
  });
}

test("a pull request is followed in plain lines until it is applied, told by the server's events", async () => {
  show(stages);
  stream("pull-request:128");
  const { exitCode, stdout } = await watch(["--interval", "300"]);
  expect(exitCode).toBe(0);
  expect(stdout).toBe(
    `08:00:00  #128 Open the database, patch set 1
08:00:00  database/prod  plan 12 running
08:00:00  database/prod  plan | line of 12\uFFFD[2J
08:00:00  planning: It is planned.
08:00:00  database/prod  plan 12 finished, +1 ~2
08:00:00  gate  ✗ An owner of components/database approves: owner, owner2
08:00:00  waits: owner approves.
08:00:00  database/prod  apply 13 running
08:00:00  database/prod  apply | line of 13\uFFFD[2J
08:00:00  applying: It is applied.
08:00:00  database/prod  apply 13 finished
08:00:00  applied: All is applied.
`.replaceAll("\uFFFD[2J\n", "\uFFFD[2J\n"),
  );
});

test("without events it looks at intervals; runs of it count as its own", async () => {
  show(stages);
  api.answer(streamEvents, () => {
    throw problem("unavailable", "No.");
  });
  const polled = await watch(["--interval", "1", "--json"]);
  expect(polled.exitCode).toBe(0);
  const lines = polled.stdout.trim().split("\n");
  expect(lines.map((line) => JSON.parse(line).state)).toEqual(["planning", "waits", "applying", "applied"]);
  show([stages[0]!, stages[3]!]);
  stream("run:12");
  expect((await watch(["--interval", "300"])).exitCode).toBe(0);
});

test.each([
  ["waits", 0],
  ["ready", 0],
  ["applied", 0],
  ["blocked", 1],
  ["failed", 1],
  ["held", 1],
  ["unapplied", 1],
  ["closed", 1],
  ["superseded", 1],
] as const)("with --exit a pull request that is %s ends it with %i", async (state, exitCode) => {
  show([pullRequest({ state, gate: [gate] })]);
  const ended = await watch(["--exit"]);
  expect(ended.exitCode).toBe(exitCode);
  expect(ended.stdout).toContain(`${state}: One critical finding blocks`);
  // Whoever closed it needs no advice.
  expect(ended.stderr.includes("Next: plumb prs show 128")).toBe(
    exitCode === 1 && state !== "closed" && state !== "superseded",
  );
});

test("on a terminal it paints over itself, in no more lines than there are", async () => {
  show([stages[0]!, { ...stages[3]!, affected: Array.from({ length: 40 }, () => workspace) }]);
  stream("*");
  const { stdout, exitCode } = await watch(["--interval", "300"], { isTerminal: true, rows: 12 });
  expect(exitCode).toBe(0);
  const [first = "", second = ""] = stdout.split("\u001B[J").slice(1);
  expect(first).toContain("plan 12");
  expect(first).toContain("plan: line of 12\uFFFD[2J");
  const painted = first.replace("\u001B[?7h", "").split("\n").length - 1;
  expect(stdout).toContain(`\u001B[${painted}A\u001B[J`);
  expect(second).toContain("… 34 more workspaces\n");
  expect(second.split("\n")).toHaveLength(12);
});

test("where there is little room, what happens comes first, and of the gate what is missing", async () => {
  const of = (name: string, runStatus: AffectedWorkspace["runStatus"]) => ({
    ...workspace,
    workspace: name,
    runStatus,
  });
  const done = Array.from({ length: 20 }, (_, index) => of(`done/${index}`, "finished"));
  const gates = Array.from({ length: 9 }, (_, index) => ({ ...gate, id: `g${index}`, met: index > 2 }));
  show([
    { ...pullRequest({ state: "waits", gate: gates }), affected: [...done, of("failed/prod", "failed")] },
    { ...stages[3]!, affected: done.slice(0, 2) },
  ]);
  stream("*");
  const { stdout } = await watch(["--interval", "300"], { isTerminal: true, rows: 14, columns: 60 });
  const lines = stripVTControlCharacters(stdout.split("\u001B[J")[1] ?? "").split("\n");
  expect(lines.slice(3, 13).map((line) => line.slice(0, 24).trimEnd())).toEqual([
    "  ✗ An owner of componen",
    "  ✗ An owner of componen",
    "  ✗ An owner of componen",
    "  ✓ 6 conditions met",
    "",
    "WORKSPACE    RUN",
    "failed/prod  plan 12  fa",
    "done/0       plan 12  fi",
    "done/1       plan 12  fi",
    "… 18 more workspaces",
  ]);
});

test("a terminal that gets another size is painted anew, for that size", async () => {
  show([stages[0]!, stages[3]!]);
  stream("*");
  let resize: (columns: number, rows: number) => void = () => undefined;
  let isLooked = false;
  api.answer(getPullRequest, () => {
    if (isLooked) resize(40, 12);
    const shown = isLooked ? stages[3]! : stages[0]!;
    isLooked = true;
    return shown;
  });
  const { stdout } = await watch(["--interval", "300"], { isTerminal: true, resizable: (by) => (resize = by) });
  const [, anew = ""] = stdout.split("\u001B[H\u001B[2J");
  expect(anew).toContain("planning");
  const shown = stripVTControlCharacters(anew).split("\n");
  expect(Math.max(...shown.map((line) => line.length))).toBeLessThanOrEqual(40);
});

test("a server that is away for a moment is waited for, and no longer", async () => {
  let looks = 0;
  stream("*");
  api.answer(getPullRequest, () => {
    if (looks++ === 1) throw problem("unavailable", "It starts again.");
    return stages[looks > 2 ? 3 : 1]!;
  });
  const back = await watch(["--interval", "1"]);
  expect(back.exitCode).toBe(0);
  expect(back.stdout).toContain(`08:00:00  the server does not answer, it is asked again: It starts again.
08:00:00  the server answers again
`);
  looks = 0;
  const painted = await watch(["--interval", "1"], { isTerminal: true });
  expect(painted.stdout).toContain("No answer since 08:00:00Z, asking again: It starts again.");
  looks = 0;
  api.answer(getPullRequest, () => {
    if (looks++ > 0) throw problem("unavailable", "It is gone.");
    return stages[1]!;
  });
  expect((await watch(["--interval", "1"])).exitCode).toBe(4);
  expect(looks).toBe(25);
});
