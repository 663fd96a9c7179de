import { expect, test } from "vitest";
import { systemActor } from "../access/actor.ts";
import { runsFixture } from "../runs/testing/runs-fixture.ts";
import { listScorecards } from "./list-scorecards.ts";

const fixture = await runsFixture();
const { context, database, organizationId } = fixture;
const everybody = systemActor(organizationId, "acme");

async function find(name: string, ...severities: string[]): Promise<void> {
  const id = await fixture.workspace(name);
  for (const [index, severity] of severities.entries())
    await database.sql(
      `insert into known_findings (organization_id, workspace_id, fingerprint, rule, severity, title, address, owners, first_seen_at)
       values ($1, $2, $3, 'a-rule', $4, 'A title', $3, '{}', now() - interval '1 day')`,
      [organizationId, id, `a.b[${index}]`, severity],
    );
}

await find("well/dev");
await find("bad/dev", "critical", "high");
await find("middling/dev", "medium");
await find("good/dev", "low");

test("scorecards come page by page, the worst first, each with what all have together", async () => {
  const seen: string[] = [];
  const cursors: (string | null)[] = [];
  for (let cursor: string | undefined; cursors.at(-1) !== null;) {
    const page = await listScorecards(context, everybody, { limit: 3, cursor });
    expect(page).toMatchObject({ total: 4, problems: { critical: 1, high: 1, medium: 1, low: 1 } });
    seen.push(...page.items.map(({ component, score }) => `${component} ${score}`));
    cursors.push(page.cursor);
    cursor = page.cursor ?? undefined;
  }
  expect(seen).toEqual(["bad 70", "middling 97", "good 99", "well 100"]);
  expect(cursors).toEqual(["3", null]);
});

test("a cursor of something else is refused", async () => {
  await expect(listScorecards(context, everybody, { limit: 3, cursor: "x" })).rejects.toThrow("not one of this list");
});
