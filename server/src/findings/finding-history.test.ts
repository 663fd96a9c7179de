import { expect, test } from "vitest";
import { runsFixture } from "../runs/testing/runs-fixture.ts";
import { findingHistory } from "./known-finding-store.ts";
import { trendMoments } from "./score-components.ts";

const fixture = await runsFixture();
const { database, organizationId, tx } = fixture;
const now = new Date("2026-11-22T12:00:00.000Z");
const moments = trendMoments(now);
const weeksAgo = (weeks: number) => new Date(now.getTime() - weeks * 7 * 86_400_000);

const where = new Map<string, string>();
for (const name of ["shop/dev", "shop/prod", "shop/test"]) where.set(name, await fixture.workspace(name));

async function note(workspace: string, subject: string, firstSeenAt: Date, closedAt: Date | null, owner = "@a") {
  await database.sql(
    `insert into known_findings (organization_id, workspace_id, fingerprint, rule, severity, title, address, owners, first_seen_at, closed_at)
     values ($1, $2, $3, 'a-rule', 'high', 'A title', $3, $4, $5, $6)`,
    [organizationId, where.get(workspace), subject, [owner], firstSeenAt, closedAt],
  );
}

/** For each subject the moments at which it was open, the newest on the left. */
async function open(environments: readonly string[]): Promise<Record<string, string>> {
  const rows = await tx((running) => findingHistory(running, moments, { repository: "shop", environments }));
  return Object.fromEntries(rows.map(({ subject, openAt }) => [subject, openAt.toString(2).padStart(12, "0")]));
}

test("a problem is open from the moment it was seen until the one at which it was closed, wherever it was", async () => {
  await note("shop/dev", "always", weeksAgo(30), null);
  await note("shop/dev", "new", weeksAgo(0), null);
  await note("shop/dev", "at the moment", weeksAgo(5), weeksAgo(3));
  await note("shop/dev", "between", weeksAgo(5.5), weeksAgo(2.5));
  await note("shop/dev", "in two", weeksAgo(9.5), weeksAgo(7.5));
  await note("shop/prod", "in two", weeksAgo(2.5), null);
  await note("shop/dev", "within a week", weeksAgo(4.6), weeksAgo(4.4));
  await note("shop/dev", "long ago", weeksAgo(30), weeksAgo(20));
  await note("shop/test", "elsewhere", weeksAgo(30), null);
  expect(await open(["dev", "prod"])).toEqual({
    always: "111111111111",
    new: "100000000000",
    "at the moment": "000011000000",
    between: "000111000000",
    "in two": "111000001100",
  });
  expect(Object.keys(await open(["test"]))).toEqual(["elsewhere"]);
});
