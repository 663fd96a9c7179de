import { cancelRun, getRun, listRuns, mergePullRequest, retryRun } from "@plumbline/contract";
import { plansOf, pullRequest } from "../world/acts.ts";
import { until } from "../world/wait.ts";
import { contains, holds } from "../stories/story.ts";
import type { KillStep } from "./kill-step.ts";
import {
  applying,
  applyRun,
  change,
  cloudHas,
  frozen,
  mergeApproved,
  propose,
  runIs,
  settled,
  settledOrApproved,
  slow,
} from "./records.ts";

/** Applies that are stopped, that fail, that stand in each other's way. */
export function stoppedRuns(): KillStep[] {
  return [
    {
      title:
        "an apply that is stopped by a person ends gracefully with its state whole, and the retry does the rest unasked",
      async run(world) {
        await slow(world, "POST", 1, 4_000);
        const value = `durable-${Date.now()}`; // another one each time, so that a second attempt changes something too
        const number = await change(world, { one: { count: 8, value } });
        const run = await applying(world, number, "one");
        const refusal = await world.as("dev").refused(cancelRun, { params: { number: run.number } });
        holds(refusal.status === 403, `who may only propose cannot stop an apply: ${refusal.message}`);
        await world.as("platform").call(cancelRun, { params: { number: run.number } });
        const ended = await runIs(world, number, "one", ["canceled", "finished"]);
        holds(ended.status === "canceled", `it is canceled, not ${ended.status}`);
        contains(ended.reason ?? "", "platform");
        holds((await frozen(world, "one")) === null, "its end is known, so nothing is frozen");
        await world.as("dev").call(retryRun, { params: { number: run.number } });
        await settled(world, number);
        await cloudHas(world, "one", { count: 8, value });
      },
    },
    {
      title: "an apply fails half-way: later merges wait, a retry needs no new approval and finishes it",
      async run(world) {
        await world.lab.fault({ kind: "dns_record", method: "PATCH", name: "two-1.example.com", status: 500 });
        const number = await change(world, { two: { count: 3, value: "half" } });
        const failed = await runIs(world, number, "two", ["failed"]);
        contains(failed.error?.detail ?? "", "500");
        contains(failed.next ?? "", "retries it");
        holds(
          (failed.stateVersionAfter ?? 0) > (failed.stateVersionBefore ?? 0),
          "what was done is in a new state version",
        );
        await world.as("dev").call(retryRun, { params: { number: failed.number } });
        await settled(world, number);
        const done = await applyRun(world, number, "two");
        holds(done.attempt === 2 && done.number === failed.number, "it is the second attempt of the same run");
        await cloudHas(world, "two", { count: 3, value: "half" });
      },
    },
    {
      title: "fix forward: a later merge takes the place of an apply that failed",
      async run(world) {
        await world.lab.fault({ kind: "dns_record", method: "PATCH", calls: 3, status: 500 });
        const broken = await change(world, { two: { count: 3, value: "broken" } });
        await runIs(world, broken, "two", ["failed"]);
        const fixing = await change(world, { two: { count: 3, value: "fixed" } });
        await settledOrApproved(world, fixing, "two");
        const old = await applyRun(world, broken, "two");
        holds(old.status === "superseded", `the failed apply is superseded, not ${old.status}`);
        await cloudHas(world, "two", { count: 3, value: "fixed" });
      },
    },
    {
      title:
        "two pull requests on one workspace: applied in the order of their merges, the second over the state of the first",
      async run(world) {
        await slow(world, "PATCH", 3, 8_000);
        const first = await propose(world, { two: { count: 3, value: "queue" } });
        const second = await propose(world, { one: { count: 8, value: "beside" } });
        await mergeApproved(world, first);
        const running = await applying(world, first, "two");
        const third = await propose(world, { two: { count: 4, value: "queue" } });
        await mergeApproved(world, third);
        const next = await applyRun(world, third, "two");
        const before = await applyRun(world, first, "two");
        holds(
          next.status === "waits"
            ? next.reason?.includes(`run ${running.number}`) === true
            : before.status === "finished",
          `the third waits for the first: ${next.status}, ${next.reason}; the first is ${before.status}`,
        );
        await mergeApproved(world, second);
        await settled(world, second);
        await settled(world, first);
        await settledOrApproved(world, third, "two");
        const { items } = await world.as("owner").call(listRuns, { query: { workspace: "two/dev", kind: "apply" } });
        const ended = (of: number) => Date.parse(items.find((one) => one.pullRequest === of)?.finishedAt ?? "");
        holds(ended(first) < ended(third), "the first merged is the first applied");
        await cloudHas(world, "two", { count: 4, value: "queue" });
        await cloudHas(world, "one", { count: 8, value: "beside" });
      },
    },
    {
      title: "two pull requests change the same line: the second conflicts as soon as the first is merged",
      async run(world) {
        const [left, right] = [
          await propose(world, { two: { count: 4, value: "left" } }),
          await propose(world, { two: { count: 4, value: "right" } }),
        ];
        await mergeApproved(world, left);
        await settled(world, left);
        await until("the second says that it conflicts", async () => {
          const seen = await pullRequest(world.as("dev"), right);
          return seen.gate.some(({ met, title, detail }) => !met && /conflict/i.test(`${title} ${detail}`))
            ? true
            : undefined;
        });
        const refusal = await world.as("owner").refused(mergePullRequest, { params: { number: right } });
        contains(refusal.message, "merge_refused");
        await cloudHas(world, "two", { count: 4, value: "left" });
      },
    },
    {
      title: "a phase that takes longer than its limit is stopped, and the run says so",
      async run(world) {
        await world.stopServer();
        await world.restore({ runs: { phaseTimeout: "4s" } });
        // Every call: pull requests that are still open are planned anew beside it, and would use up a single one.
        await world.lab.fault({ kind: "dns_record", method: "GET", calls: 100, delay_ms: 12_000 });
        const number = await propose(world, { one: { count: 8, value: "late" } });
        await plansOf(world.as("owner"), number);
        const { items } = await world.as("owner").call(listRuns, { query: { pullRequest: number, kind: "plan" } });
        const run = await world.as("owner").call(getRun, { params: { number: items[0]?.number ?? 0 } });
        await world.stopServer();
        await world.restore();
        holds(
          run.status === "failed" && run.error?.code === "time_limit",
          `${run.status}: ${JSON.stringify(run.error)}`,
        );
        contains(run.error.detail, "longer than 4 s");
      },
    },
  ];
}
