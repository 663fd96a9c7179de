import { expect, test } from "vitest";
import type { Notice } from "../notifications/notify.ts";
import { runsFixture } from "../runs/testing/runs-fixture.ts";
import type { DriftContext } from "./drift-context.ts";
import { raiseOverdueAlarms } from "./raise-overdue-alarms.ts";

const fixture = await runsFixture();
const { context: runs, database, clock } = fixture;
const notices: Notice[] = [];
const context: DriftContext = {
  ...runs,
  runs,
  notify: async (_tx, _organizationId, notice) => void notices.push(notice),
  readRules: async () => expect.unreachable("Alarms need no rules."),
  peopleNamed: async () => expect.unreachable("Alarms are for everybody."),
  openRevert: async () => expect.unreachable("Nothing is reverted."),
  settings: { graceSeconds: 120 },
};

let made = 0;

/** Makes that many workspaces late, and answers what people are told of it. */
async function late(count: number, environment: string): Promise<{ subject: string; body: string }[]> {
  for (let index = 0; index < count; index += 1) {
    made += 1;
    const id = await fixture.workspace(`part${made}/${environment}`);
    await database.sql(
      `update workspaces set applied_run_id = gen_random_uuid(), next_check_at = '${new Date(clock.now().getTime() - 200_000 + index).toISOString()}' where workspace_id = '${id}'`,
    );
  }
  notices.length = 0;
  expect(await raiseOverdueAlarms(context)).toBe(count);
  expect(await raiseOverdueAlarms(context)).toBe(0);
  return notices.map(({ subject, body }) => ({ subject, body }));
}

test("of many late checks people are told by environment, and anew when they are twice as many", async () => {
  expect(await late(1, "prod")).toMatchObject([{ subject: "part1/prod was not checked for drift in time" }]);
  expect(await late(1, "prod")).toMatchObject([{ subject: "2 workspaces of prod were not checked for drift in time" }]);
  expect(await late(1, "prod")).toEqual([]);
  const [message, ...others] = await late(13, "prod");
  expect(others).toEqual([]);
  expect(message?.subject).toBe("16 workspaces of prod were not checked for drift in time");
  expect(message?.body).toMatch(/^New among them: part4\/prod, .* and 3 more, up to 3 min late\. Whoever operates/);
  expect(await late(2, "uat")).toMatchObject([{ subject: "2 workspaces of uat were not checked for drift in time" }]);
  expect(await database.sql("select 1 from audit_events where action = 'overdue.raised'")).toHaveLength(18);
});
