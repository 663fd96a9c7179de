import { expect, test } from "vitest";
import { caseSentence, timeWords } from "./drift-case.ts";
import type { DriftCaseRecord } from "./drift-case.ts";

const record: DriftCaseRecord = {
  id: "c",
  organizationId: "o",
  number: 1,
  workspaceId: "w",
  workspace: "database/prod",
  repositoryId: "r",
  repository: "shop",
  component: "database",
  environment: "prod",
  status: "open",
  severity: "critical",
  title: "Port 5432 is open to 0.0.0.0/0",
  lastCleanAt: new Date("2026-11-22T08:47:53.206Z"),
  openedAt: new Date("2026-11-22T08:48:07.894Z"),
  lastSeenAt: new Date("2026-11-22T08:48:07.894Z"),
  closedAt: null,
  openedRun: 135,
  lastRun: 135,
  closedRun: null,
  resources: [],
  findings: [],
  owners: [],
  timeline: [],
  pullRequest: null,
};

test("a case says what, how long before it was not so, and what comes next; instants stand elsewhere", () => {
  expect(caseSentence(record)).toBe(
    "Port 5432 is open to 0.0.0.0/0. Run 135 found it; 15 s before, nothing differed. Whoever may propose to prod opens the pull request that undoes it, or one that takes it into the code.",
  );
  expect(caseSentence({ ...record, lastCleanAt: null })).toContain("no check before had found the workspace in line");
  expect(caseSentence({ ...record, status: "reverting", pullRequest: { number: 7, status: "merged" } })).toContain(
    "#7 undoes it; the case closes when a check finds nothing.",
  );
  expect(caseSentence({ ...record, status: "closed", closedRun: 140 })).toContain("run 140 found nothing any more");
});

test.each([
  [400, "1 s"],
  [89_000, "89 s"],
  [360_000, "6 min"],
  [3 * 3_600_000, "3 h"],
  [72 * 3_600_000, "3 days"],
])("%i ms are %s", (milliseconds, words) => {
  expect(timeWords(milliseconds)).toBe(words);
});
