import { getRun, getRunLog } from "@plumbline/contract";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startFakeApi } from "../testing/fake-api.ts";
import type { FakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";
import { run as runOf } from "../testing/fixtures.ts";

let api: FakeApi;
beforeEach(async () => {
  api = await startFakeApi();
});
afterEach(() => api[Symbol.asyncDispose]());
const run = (...args: string[]) => plumb(args, { env: { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" } });
const pruned = { at: "2026-11-22T03:00:00.000Z", afterDays: 181 };
const said = "The log was pruned on 2026-11-22, 181 days after the run ended.";

test("a log that is not kept any more is no empty one: it says when it went", async () => {
  api.answer(getRunLog, () => ({ lines: [], ended: true, pruned }));
  expect(await run("runs", "logs", "12")).toMatchObject({ exitCode: 0, stdout: `${said}\n` });
  expect(JSON.parse((await run("runs", "logs", "12", "--json")).stdout)).toMatchObject({ lines: [], pruned });
});

test("a run says what of it is not kept any more", async () => {
  api.answer(getRun, () => runOf({ pruned: { log: pruned, plan: { ...pruned, afterDays: 1 } } }));
  const { stdout } = await run("runs", "show", "12");
  const text = stdout.replaceAll(/\s+/g, " ");
  expect(text).toContain(said);
  expect(text).toContain(
    "its JSON and the values of other workspaces were pruned on 2026-11-22, 1 day after the run ended.",
  );
  api.answer(getRun, () => runOf({}));
  expect((await run("runs", "show", "12")).stdout).not.toContain("pruned");
});
