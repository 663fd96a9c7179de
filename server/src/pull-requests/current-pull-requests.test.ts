import { expect, test } from "vitest";
import { currentPullRequests } from "./list-pull-requests.ts";
import { componentFiles, forgeFixture, seedFiles } from "./testing/forge-fixture.ts";

const fixture = await forgeFixture();
const { context, database, dev, platform } = fixture;

/** Makes merged pull requests out of an open one: its rows with other ids and numbers. */
async function addMerged(like: number, ...numbers: number[]): Promise<void> {
  for (const number of numbers) {
    const id = database.newId();
    await database.sql(
      `insert into pull_requests select (jsonb_populate_record(p, jsonb_build_object('pull_request_id', $2::text, 'number', $3::int,
         'status', 'merged', 'merged_at', now(), 'merge_commit', 'c' || $3))).* from pull_requests p where number = $1`,
      [like, id, number],
    );
    await database.sql(
      `insert into patch_sets select (jsonb_populate_record(s, jsonb_build_object('patch_set_id', gen_random_uuid(),
         'pull_request_id', $2::text))).* from patch_sets s join pull_requests p using (organization_id, pull_request_id)
       where p.number = $1`,
      [like, id],
    );
  }
}

test("what is open or not wholly applied is found, however much was merged since", async () => {
  const seed = await fixture.clone(platform);
  await seed.commit("Rules", seedFiles);
  await seed.push("refs/heads/main");
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit("Add components", componentFiles);
  const { number: open } = await clone.push("refs/for/main");
  await addMerged(open, 901, 902, 903, 904);
  await database.sql(
    `insert into runs (organization_id, run_id, number, kind, workspace_id, status, pull_request_id, code_commit, values_commit)
     select w.organization_id, gen_random_uuid(), 900, 'apply', w.workspace_id, 'failed', p.pull_request_id, 'c', 'v'
     from pull_requests p, workspaces w where p.number = 902 limit 1`,
    [],
  );
  const shown = await currentPullRequests(context, dev, "shop", 2);
  expect(shown.map(({ number, state }) => [number, state])).toEqual([
    [902, "failed"],
    [open, "planning"],
  ]);
});
