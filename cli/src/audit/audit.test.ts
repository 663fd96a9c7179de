import { countAuditEvents, exportAuditEvents, getAuditEvent, listAuditEvents, problem } from "@plumbline/contract";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { startFakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";

const entry = {
  sequence: 912,
  id: "01938c5e-0000-7000-8000-000000000001",
  at: "2026-11-22T07:00:00.000Z",
  actor: { kind: "person" as const, name: "dev" },
  action: "pull_request.opened",
  text: "dev opened #128",
  workspace: null,
  environment: null,
  pullRequest: 128,
  run: null,
  details: {},
  leafHash: "00",
};

test("entries are filtered and listed", async () => {
  await using api = await startFakeApi();
  api.answer(listAuditEvents, ({ query }) => {
    expect(query).toMatchObject({
      workspace: "database/prod",
      from: "2026-11-01T00:00:00.000Z",
      pullRequest: 128,
    });
    return { items: [entry], cursor: null };
  });
  const args = ["audit", "--workspace", "database/prod", "--from", "2026-11-01", "--pull-request", "#128"];
  const { stdout } = await plumb(args, { env: { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" } });
  expect(stdout).toBe(`ENTRY  AT                    WHO  ACTION               WHAT
  912  2026-11-22 07:00:00Z  dev  pull_request.opened  dev opened #128
`);
});

test("what people wrote into a sentence forges no entry", async () => {
  await using api = await startFakeApi();
  const text = "dev opened #128: Tags\r\n  913  2026-11-22 07:01:00Z  owner  approved";
  api.answer(listAuditEvents, () => ({ items: [{ ...entry, text }], cursor: null }));
  const { stdout } = await plumb(["audit"], { env: { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" } });
  expect(stdout.trimEnd().split("\n")).toHaveLength(2);
});

test("an export is copied byte for byte; one that is cut is not taken for whole", async () => {
  await using api = await startFakeApi();
  const env = { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" };
  const lines = `${JSON.stringify(entry)}\n`.repeat(3000);
  api.answer(exportAuditEvents, () => lines);
  expect(await plumb(["audit", "--export"], { env })).toMatchObject({
    exitCode: 0,
    stdout: lines,
    stderr: "",
  });
  api.answer(exportAuditEvents, () => lines.slice(0, -10));
  expect((await plumb(["audit", "--export"], { env })).exitCode).toBe(4);
  api.answer(exportAuditEvents, (_, response) => {
    response.setHeader("content-length", "1000");
    response.write(lines.slice(0, 500));
    setTimeout(() => response.destroy(), 20);
    return new Promise(() => undefined);
  });
  expect((await plumb(["audit", "--export"], { env })).exitCode).toBe(4);
});

test("how many there were is drawn, steps without any are left out", async () => {
  await using api = await startFakeApi();
  api.answer(countAuditEvents, () => ({
    from: "2026-11-22T05:00:00.000Z",
    stepSeconds: 3_600,
    counts: [4, 0, 1],
    total: 5,
  }));
  const { stdout } = await plumb(["audit", "--counts"], { env: { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" } });
  expect(stdout.split("\n").map((line) => line.trimEnd())).toEqual([
    "FROM                  ENTRIES",
    `2026-11-22 05:00:00Z        4  ${"#".repeat(30)}`,
    `2026-11-22 07:00:00Z        1  ${"#".repeat(8)}`,
    "5 entries from 2026-11-22 05:00:00Z.",
    "",
  ]);
});

test("an entry is shown whole: what was before and after it stands apart, long values go on below", async () => {
  await using api = await startFakeApi();
  const env = { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" };
  const meaning = `${"I read these plans and answer for them. ".repeat(3)}Really.`;
  const details = { before: { approvals: 0 }, after: { approvals: 1 }, meaning, digests: [{ workspace: "a/b" }] };
  api.answer(getAuditEvent, ({ params }) => {
    if (params.number !== 912) throw problem("not_found", `There is no entry ${params.number} in the audit log.`);
    return { ...entry, action: "pull_request.approved", text: "owner approved\r\n  plans of #128", run: 7, details };
  });
  const { stdout } = await plumb(["audit", "912"], { env, isTerminal: true, columns: 80 });
  const plain = stripVTControlCharacters(stdout);
  expect(Math.max(...plain.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(plain).toBe(`Entry 912
owner approved   plans of #128

at            2026-11-22 07:00:00Z
who           dev
action        pull_request.approved, approved plans
pull request  #128
run           7
leaf hash     00

Details
- approvals             0
+ approvals             1
  meaning               I read these plans and answer for them. I read these
                        plans and answer for them. I read these plans and answer
                        for them. Really.
  digests[0].workspace  a/b
`);
  expect((await plumb(["audit", "912"], { env })).stdout).not.toContain("\u001B");
  expect(JSON.parse((await plumb(["audit", "912", "--json"], { env })).stdout)).toMatchObject({ details });
  expect(await plumb(["audit", "9"], { env })).toMatchObject({ exitCode: 6, stdout: "" });
  expect((await plumb(["audit", "912", "--actor", "dev"], { env })).stderr).toContain("Next: Write plumb audit 912.");
});
