import { confirmStopped, getRun, getWorkspace, listAuditEvents } from "@plumbline/contract";
import { approve } from "../world/acts.ts";
import { until } from "../world/wait.ts";
import { contains, holds } from "../stories/story.ts";
import type { KillStep } from "./kill-step.ts";
import { leaseSeconds } from "./kill-world.ts";
import type { KillWorld } from "./kill-world.ts";
import { processesNaming } from "./processes.ts";
import {
  applying,
  applyRun,
  change,
  cloudHas,
  frozen,
  mergeApproved,
  propose,
  rollOut,
  runIs,
  settled,
  settledOrApproved,
  slow,
} from "./records.ts";

/** Each program is killed in the middle of an apply. */
export function killedPrograms(): KillStep[] {
  return [
    { title: "both components are rolled out", run: rollOut },
    {
      title: "the server is killed during an apply: the engine goes on, the run ends under its first lease",
      async run(world) {
        await slow(world, "POST", 2, 3_000);
        const number = await change(world, { one: { count: 4, value: "first" } });
        const { number: run } = await applying(world, number, "one");
        await world.kill("server");
        await world.restore();
        await settled(world, number);
        const ended = await world.as("owner").call(getRun, { params: { number: run } });
        holds(ended.attempt === 1, `it was one attempt, not ${ended.attempt}`);
        await cloudHas(world, "one", { count: 4, value: "first" });
      },
    },
    {
      title:
        "the runner is killed during an apply and stays away for longer than its lease: unknown and frozen until it is back",
      async run(world) {
        await slow(world, "POST", 2, 3_000);
        const number = await change(world, { one: { count: 6, value: "first" } });
        await applying(world, number, "one");
        await world.kill("runner");
        const lost = await runIs(world, number, "one", ["unknown"]);
        contains(lost.next ?? "", "confirms that nothing does");
        holds((await frozen(world, "one"))?.includes("nobody knows what was done") === true, "the workspace is frozen");
        await world.restore();
        await settled(world, number);
        holds((await applyRun(world, number, "one")).attempt === 1, "nothing was applied again");
        holds((await frozen(world, "one")) === null, "the workspace is not frozen any more");
        await cloudHas(world, "one", { count: 6, value: "first" });
      },
    },
    {
      title:
        "the runner is stopped during an apply: the apply ends alone, leaves no process, and the next runner reports it",
      async run(world) {
        await slow(world, "PATCH", 2, 3_000);
        const number = await change(world, { two: { count: 2, value: "alone" } });
        await applying(world, number, "two");
        await world.stopRunner();
        const runs = `${world.folder}/runner-kills/runs`;
        holds(processesNaming(runs).length > 0, "the apply goes on without its runner");
        await until(
          "the apply has ended without a runner",
          async () => (processesNaming(runs).length === 0 ? true : undefined),
          {
            state: async () =>
              processesNaming(runs)
                .map(({ pid, command }) => `${pid} ${command}`)
                .join("\n"),
          },
        );
        await cloudHas(world, "two", { count: 2, value: "alone" });
        await world.restore();
        await settled(world, number);
        const run = await applyRun(world, number, "two");
        holds((run.stateVersionAfter ?? 0) > (run.stateVersionBefore ?? 0), "its state arrived");
      },
    },
    {
      title:
        "the supervisor is killed during an apply: frozen until an operator confirms, then planned anew, held, approved, applied",
      async run(world) {
        await slow(world, "PATCH", 2, 4_000);
        const number = await change(world, { two: { count: 2, value: "unsure" } });
        const run = await applying(world, number, "two");
        holds((await world.kill("supervisor")) === 1, "one supervisor was there");
        await runIs(world, number, "two", ["unknown"]);
        const later = await change(world, { two: { count: 3, value: "unsure" } });
        const waits = await runIs(world, later, "two", ["waits"]);
        contains(waits.reason ?? "", "is frozen");
        const statement = { statement: "I looked at the runner's machine: no engine runs there." };
        const workspace = { workspace: "two/dev" };
        const refusal = await world.as("dev").refused(confirmStopped, { params: workspace, body: statement });
        holds(refusal.status === 403, `dev may not operate dev: ${refusal.message}`);
        await world.as("platform").call(confirmStopped, { params: workspace, body: statement });
        const again = await runIs(world, number, "two", ["held", "finished"]);
        holds(again.attempt === 2, "it is the second attempt");
        if (again.status === "held") await approve(world.as("owner"), number);
        await settled(world, number);
        const { items } = await world
          .as("auditor")
          .call(listAuditEvents, { query: { workspace: "two/dev", limit: 100 } });
        const entry = items.find(({ action }) => action === "workspace.confirmed_stopped");
        contains(JSON.stringify(entry), "platform", statement.statement);
        holds(
          items.some(({ action, run: of }) => action === "run.unknown" && of === run.number),
          "the unknown end stands in the log",
        );
        await settledOrApproved(world, later, "two");
        await cloudHas(world, "two", { count: 3, value: "unsure" });
      },
    },
    {
      title: "PostgreSQL is killed, postmaster and backends, during a plan and during an apply: both go on",
      async run(world) {
        await world.lab.fault({ kind: "dns_record", method: "GET", calls: 2, delay_ms: 2_000 });
        const proposing = propose(world, { one: { count: 6, value: "durable" } });
        const number = await killMeanwhile(world, proposing);
        await slow(world, "PATCH", 3, 2_000);
        await mergeApproved(world, number);
        await applying(world, number, "one");
        const before = await world.as("owner").call(getWorkspace, { params: { workspace: "one/dev" } });
        holds((await world.kill("postmaster")) === 1, "PostgreSQL ran");
        await world.restore();
        await settled(world, number);
        const after = await world.as("owner").call(getWorkspace, { params: { workspace: "one/dev" } });
        holds(after.stateVersions.length > before.stateVersions.length, "the new state is stored");
        await cloudHas(world, "one", { count: 6, value: "durable" });
      },
    },
  ];
}

/** Kills backends again and again while something goes on; answers what that answers. */
async function killMeanwhile<T>(world: KillWorld, work: Promise<T>): Promise<T> {
  let hits = 0;
  for (let round = 0; round < 3; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, leaseSeconds * 200));
    hits += await world.kill("backends");
  }
  holds(hits > 0, "there were backends to kill");
  await world.restore();
  return work;
}
