import { countAuditEvents, exportAuditEvents, listAuditEvents } from "@plumbline/contract";
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
