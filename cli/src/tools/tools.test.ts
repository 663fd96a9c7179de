import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { acceptTool, listTools, withdrawTool } from "@plumbline/contract";
import type { FoundTool, LockedTool, Tool } from "@plumbline/contract";
import { writeZip } from "@plumbline/engine/tools/testing/write-zip";
import { afterAll, expect, test } from "vitest";
import { startFakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "tools-"));
afterAll(() => rmSync(folder, { recursive: true }));
const hash = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");

const platform = "linux_amd64";
const found: FoundTool[] = [
  { name: "terraform", version: "1.12.0", platform, sha256: "a".repeat(64), runners: ["one", "two"] },
  { name: "tofu", version: "1.10.0", platform, sha256: "b".repeat(64), runners: ["one"] },
  { name: "tofu", version: "1.10.0", platform, sha256: "c".repeat(64), runners: ["two"] },
];
const locked: LockedTool = {
  name: "terraform",
  version: "1.11.4",
  platform,
  sha256: "d".repeat(64),
  source: "found on runner one",
  archive: null,
};
const kept: Tool = {
  ...locked,
  acceptedAt: "2026-11-22T07:00:00.000Z",
  acceptedBy: "platform",
  withdrawnAt: null,
  withdrawnBy: null,
  runners: ["one"],
};
const taken: LockedTool[] = [];
const withdrawn: string[] = [];
const api = await startFakeApi();
api.answer(listTools, () => ({ items: [kept], found }));
api.answer(acceptTool, ({ body }) => {
  taken.push(body);
  return { ...kept, ...body };
});
api.answer(withdrawTool, ({ params }) => void withdrawn.push(params.hash));
afterAll(() => api[Symbol.asyncDispose]());
const run = (...args: string[]) => plumb(["tools", ...args], { env: { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" } });

test("what is accepted and what is not is listed", async () => {
  const { stdout } = await run("list");
  expect(stdout).toMatch(/terraform +1\.11\.4 +linux_amd64 +d{12} +accepted +one +found on runner one/);
  expect(stdout).toMatch(/terraform +1\.12\.0 +linux_amd64 +a{12} +not accepted +one two/);
  expect(stdout).toContain("3 engines not accepted");
});

test("what a runner has is accepted by name and version; two binaries of one version are told apart by hash", async () => {
  taken.length = 0;
  expect((await run("accept", "terraform", "1.12.0")).stdout).toContain(`SHA-256 ${"a".repeat(64)}`);
  expect(taken).toMatchObject([{ sha256: "a".repeat(64), source: "found on runner one, two", archive: null }]);
  const several = await run("accept", "tofu", "1.10.0");
  expect(several.exitCode).toBe(2);
  expect(several.stderr).toContain(`--hash ${"b".repeat(64)} (one) or --hash ${"c".repeat(64)} (two)`);
  await run("accept", "tofu", "1.10.0", "--hash", "c".repeat(64));
  expect(taken.at(-1)).toMatchObject({ name: "tofu", sha256: "c".repeat(64) });
  expect((await run("accept", "terraform", "1.11.4")).stderr).toContain("accepted already");
  expect((await run("accept", "terraform", "9.9.9")).stderr).toContain("No runner has a terraform 9.9.9");
  expect((await run("accept", "terraform")).stderr).toContain("Give an engine and its version");
});

test("a lock is printed, and accepted elsewhere", async () => {
  const { stdout } = await run("lock");
  expect(JSON.parse(stdout)).toEqual({ version: 1, tools: [locked] });
  const file = join(folder, "tools.lock.json");
  writeFileSync(file, stdout);
  taken.length = 0;
  await run("accept", "--lock", file);
  expect(taken).toEqual([locked]);
  writeFileSync(file, '{"version": 1, "tools": [{"name": "pulumi"}]}');
  expect((await run("accept", "--lock", file)).stderr).toContain("is no tool lock: tools.0");
});

test("a version is withdrawn by name", async () => {
  expect((await run("withdraw", "terraform", "1.11.4")).stdout).toContain("Withdrew terraform 1.11.4");
  expect(withdrawn).toEqual([locked.sha256]);
  expect((await run("withdraw", "tofu", "1.11.4")).exitCode).toBe(6);
});

test("a release is taken from a folder, held against its list of hashes, installed and accepted", async () => {
  const releases = join(folder, "releases");
  mkdirSync(releases);
  const zip = writeZip({ terraform: "a binary", "LICENSE.txt": "x" });
  const file = `terraform_1.13.0_${platform}.zip`;
  writeFileSync(join(releases, file), zip);
  const sums = join(releases, "terraform_1.13.0_SHA256SUMS");
  writeFileSync(sums, `${hash(zip)}  ${file}\n`);
  taken.length = 0;
  const into = join(folder, "tools");
  const add = ["add", "terraform", "v1.13.0", "--platform", platform, "--into", into];
  const done = await run(...add, "--from", releases);
  expect(done.stderr).toBe("");
  expect(readFileSync(join(into, `terraform_1.13.0_${platform}`, "terraform"), "utf8")).toBe("a binary");
  expect(taken).toEqual([
    {
      name: "terraform",
      version: "1.13.0",
      platform,
      sha256: hash("a binary"),
      source: join(releases, file),
      archive: { file, sha256: hash(zip) },
    },
  ]);
  expect((await run(...add, "--from", join(releases, file), "--no-accept")).stdout).toContain("Not accepted");
  expect(taken).toHaveLength(1);

  writeFileSync(sums, `${"0".repeat(64)}  ${file}\n`);
  const wrong = await run(...add, "--from", releases);
  expect(wrong.exitCode).toBe(1);
  expect(wrong.stderr).toContain(`it should have ${"0".repeat(64)}`);
  expect((await run(...add, "--from", releases, "--hash", hash(zip))).exitCode).toBe(0);
  expect(taken).toHaveLength(2);
});

test("nothing is fetched from anywhere by itself", async () => {
  const none = await run("add", "tofu", "1.10.6");
  expect(none.exitCode).toBe(2);
  expect(none.stderr).toContain("Say where the release is");
  expect((await run("add", "tofu", "latest", "--from", folder)).stderr).toContain("The version is a whole version");
});
