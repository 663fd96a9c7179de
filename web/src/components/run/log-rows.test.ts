import { expect, test } from "vitest";
import { appendLines } from "../../api/use-run-log.ts";
import { log } from "../../testing/fixtures/runs.ts";
import { lineTone, logPieces, logRows } from "./log-rows.ts";

const none = () => false;

test("phases head their lines and what only repeats is one row", () => {
  const rows = logRows(log, new Set(), none);
  expect(rows.filter(({ kind }) => kind === "phase").map((row) => (row.kind === "phase" ? row.phase : ""))).toEqual([
    "fetch",
    "init",
    "plan",
    "check",
    "apply",
  ]);
  const [repeat] = rows.filter(({ kind }) => kind === "repeat");
  expect(repeat).toMatchObject({ text: "aws_db_instance.orders: Still modifying", lines: 3, open: false });
});

test("the last two phases begin open, those before them say how long they took", () => {
  const phases = logRows(log, new Set(), none).filter((row) => row.kind === "phase");
  expect(phases.map(({ open }) => open)).toEqual([false, false, false, true, true]);
  expect(phases[0]).toMatchObject({ lines: 2, seconds: expect.closeTo(1.7, 1) });
});

test("a folded phase shows no lines, unless one of them is a hit", () => {
  const rows = logRows(log, new Set(), none);
  const apply = rows.find((row) => row.kind === "phase" && row.phase === "apply")?.key ?? "";
  const folded = logRows(log, new Set([apply]), none);
  expect(folded.at(-1)).toMatchObject({ kind: "phase", open: false });
  const searched = logRows(log, new Set([apply]), ({ text }) => text.includes("20s elapsed"));
  expect(searched.some((row) => row.kind === "line" && row.line.text.includes("20s elapsed"))).toBe(true);
});

test("hits and masked values are marked, search is plain text", () => {
  expect(logPieces("password: (secret) and ORDERS", "orders")).toEqual([
    { text: "password: ", kind: "plain" },
    { text: "(secret)", kind: "secret" },
    { text: " and ", kind: "plain" },
    { text: "ORDERS", kind: "hit" },
  ]);
  expect(logPieces("a.b axb", "a.b").filter(({ kind }) => kind === "hit")).toHaveLength(1);
});

test("colours by what a line says", () => {
  expect(lineTone("Error: no free address")).toBe("failed");
  expect(lineTone("Warning: throttled")).toBe("medium");
  expect(lineTone("aws_kms_key.orders: Creation complete after 4s")).toBe("ok");
  expect(lineTone("reads 3 errors.tf files")).toBeUndefined();
});

test("lines that were already known are not added again", () => {
  const [first, second, third] = log;
  if (first === undefined || second === undefined || third === undefined) throw new Error("the fixture has lines");
  const known = appendLines([], [first, second]);
  expect(appendLines(known, [first, second])).toBe(known);
  expect(appendLines(known, [second, third]).map(({ id }) => id)).toEqual([1, 2, 3]);
});
