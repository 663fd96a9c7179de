import { getControlProgress, listControlCatalogues } from "@plumbline/contract";
import { expect, test } from "vitest";
import { startFakeApi } from "../testing/fake-api.ts";
import type { FakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";

const item = { slug: "cis-aws-5.0", title: "CIS AWS", controls: 6, environments: {} };

/** Answers the catalogues only after it was asked for the progress, or at once. */
function answerAfterProgress(
  api: FakeApi,
  progress: () => { step: "reading"; done: number; environments: number } | null,
) {
  const asked = Promise.withResolvers<void>();
  api.answer(getControlProgress, () => {
    // what is told is written before the catalogues come
    setTimeout(asked.resolve, 300);
    return { progress: progress() };
  });
  api.answer(listControlCatalogues, async () => {
    await asked.promise;
    return { items: [item] };
  });
}

test("who waits at a terminal is told how many environments are read, on a line that goes again", async () => {
  await using api = await startFakeApi();
  answerAfterProgress(api, () => ({ step: "reading", done: 12, environments: 41 }));
  const env = { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" };
  const { stdout, stderr } = await plumb(["controls", "list"], { env, isTerminal: true });
  expect(stdout).toContain("cis-aws-5.0");
  expect(stderr).toBe("\r\u001B[KReading the newest states: 12 of 41 environments\r\u001B[K");
});

test("nothing is written where nothing is told, and a program is not told at all", async () => {
  await using api = await startFakeApi();
  answerAfterProgress(api, () => null);
  const env = { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" };
  expect((await plumb(["controls", "list"], { env, isTerminal: true })).stderr).toBe("");
  api.answer(listControlCatalogues, () => ({ items: [item] }));
  const before = api.requests.length;
  expect((await plumb(["controls", "list"], { env })).stderr).toBe("");
  expect(api.requests.slice(before)).toEqual(["GET /api/v1/control-catalogues"]);
});
