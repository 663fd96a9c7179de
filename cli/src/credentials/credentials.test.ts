import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listCredentials, setCredential } from "@plumbline/contract";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startFakeApi } from "../testing/fake-api.ts";
import type { FakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";
import type { FakeTerminalOptions } from "../testing/fake-terminal.ts";

let api: FakeApi;
let folder = "";
const stored: Record<string, string>[] = [];
const updated = { updatedBy: "ada", updatedAt: "2026-11-22T07:00:00.000Z" };
beforeEach(async () => {
  api = await startFakeApi();
  folder = mkdtempSync(join(tmpdir(), "plumb-"));
  stored.length = 0;
  api.answer(setCredential, ({ params, body }) => {
    stored.push(body.variables);
    return { ...params, variables: Object.keys(body.variables), ...updated };
  });
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await api[Symbol.asyncDispose]();
});
const run = (args: string[], options: FakeTerminalOptions = {}) =>
  plumb(["credentials", ...args], {
    ...options,
    env: { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" },
  });
const set = (...more: string[]) => ["set", "prod", "--phase", "apply", ...more];

test("credentials are listed by the names of what they set", async () => {
  api.answer(listCredentials, () => ({
    items: [{ name: "prod", phase: "plan" as const, variables: ["KEY", "TOKEN"], ...updated }],
  }));
  expect((await run(["list"])).stdout).toBe(`CREDENTIAL  PHASE  SETS       BY   CHANGED
prod        plan   KEY TOKEN  ada  60 min ago
`);
});

test("values come from prompts, a file, JSON or a pipe, and are printed nowhere", async () => {
  const file = join(folder, "prod.env");
  writeFileSync(file, `# the writing one\nexport KEY=s3cret-1\n\nTOKEN="s3cret = 2"\n`);
  const outcomes = [
    await run(set("KEY", "TOKEN"), { typed: "s3cret-1\rs3cret = 2\r" }),
    await run(set("--file", file)),
    await run(set("--file", "-"), { stdin: '{ "KEY": "s3cret-1", "TOKEN": "s3cret = 2" }' }),
  ];
  expect(stored).toEqual(Array.from({ length: 3 }, () => ({ KEY: "s3cret-1", TOKEN: "s3cret = 2" })));
  expect((await run(set("KEY"), { stdin: "line 1\nline 2\n" })).exitCode).toBe(0);
  expect(stored.at(-1)).toEqual({ KEY: "line 1\nline 2" });
  for (const { exitCode, stdout, stderr } of outcomes) {
    expect(exitCode).toBe(0);
    expect(stdout).toContain("The apply credential prod sets KEY, TOKEN.");
    expect(stdout + stderr).not.toContain("s3cret");
  }
});

test.each([
  [["KEY=s3cret"], "", "Argument 1 after the credential"],
  [["--file", "-"], "KEY s3cret", "Line 1 of stdin is not NAME=value"],
  [["--file", "-"], "a-s3cret=1", "before = in line 1 of stdin"],
  [["--file", "-"], '{"KEY": ', "stdin is not valid JSON"],
  [["--file", "-"], '{"KEY": 7}', "KEY in stdin is not a text"],
  [["--file", "-"], "# nothing\n", "stdin sets no variable"],
  [["--file", "/nonexistent"], "", "cannot be read"],
  [["--file", "-", "KEY"], "", "not both"],
  [["KEY", "TOKEN"], "x", "several names"],
  [[], "", "not said what to set"],
])("%j with %j is refused, and no value is told", async (more, stdin, reason) => {
  const { exitCode, stderr } = await run(set(...more), { stdin });
  expect(exitCode).toBe(2);
  expect(stderr).toContain(reason);
  expect(stderr).not.toContain("s3cret");
  expect(stored).toEqual([]);
});
