import { expect, test } from "vitest";
import { openLog } from "../../platform/log.ts";
import { repositoryTasks } from "../../repositories/move-main.ts";
import { componentFiles, forgeFixture, seedFiles } from "../testing/forge-fixture.ts";

const fixture = await forgeFixture();
const { context, dev, platform, organizationId, repositoryId } = fixture;

const waiting = () =>
  fixture.database.sql<{ payload: object; hours: number }>(
    `select payload, extract(epoch from run_at - now()) / 3600 as hours from graphile_worker._private_jobs j
     join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'repositories.tidy'`,
  );

test("what is pushed has the repository tidied once, a day later, and nothing of it is lost", async () => {
  const seeder = await fixture.clone(platform);
  await seeder.commit("Rules", seedFiles);
  await seeder.push("refs/heads/main");
  const [first] = await waiting();
  await fixture.database.sql("update graphile_worker._private_jobs set run_at = run_at - interval '2 hours'");
  const clone = await fixture.clone(dev);
  await clone.sync();
  const commit = await clone.commit("Add components", componentFiles);
  const { number } = await clone.push("refs/for/main");
  const jobs = await waiting();
  expect(jobs.map(({ payload }) => payload)).toEqual([{ organizationId, repositoryId }]);
  expect(Number(first?.hours)).toBeGreaterThan(23.9);
  expect(Number(jobs[0]?.hours)).toBeLessThan(22.1);

  const handler = repositoryTasks(context).find(({ name }) => name === "repositories.tidy");
  const task = { signal: AbortSignal.timeout(60_000), attempt: 1, log: openLog({ level: "silent" }) };
  await handler?.run(jobs[0]?.payload, task);
  await clone.git("fetch", "-q", "origin", `refs/pull/${number}/head`);
  expect((await clone.git("rev-parse", "FETCH_HEAD")).stdout.trim()).toBe(commit);
});
