import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { journalReader } from "../runs/journal-reader.ts";
import { openJournal } from "./journal.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "journal-"));
});
afterEach(() => rmSync(root, { recursive: true }));

it("numbers events, goes on after a crash, drops a line that was not finished", () => {
  const file = join(root, "journal.ndjson");
  const first = openJournal(file);
  first.append({ type: "phase_started", phase: "init" }, { type: "log", phase: "init", lines: ["a"] });
  first.close();
  appendFileSync(file, '{"sequence":3,"at":"20');
  const second = openJournal(file);
  second.append({ type: "log", phase: "init", lines: ["b"] });
  second.close();
  const events = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line): { sequence: number } => JSON.parse(line));
  expect(events.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  expect(events.at(-1)).toMatchObject({ lines: ["b"] });
});

it("is read in whole lines, again until it is acknowledged", () => {
  const file = join(root, "journal.ndjson");
  const reader = journalReader(file);
  expect(reader.peek()).toEqual([]);
  const journal = openJournal(file);
  journal.append({ type: "log", phase: "init", lines: ["a"] }, { type: "log", phase: "init", lines: ["b"] });
  appendFileSync(file, '{"sequence":3');
  expect(reader.peek().map(({ sequence }) => sequence)).toEqual([1, 2]);
  reader.advance(1);
  expect(reader.peek().map(({ sequence }) => sequence)).toEqual([2]);
  reader.advance(0);
  expect(reader.peek()).toHaveLength(1);
  reader.advance(2);
  expect(reader.peek()).toEqual([]);
  journal.close();
});
