import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  checkDrift,
  createRepository,
  getDriftCase,
  getRun,
  hasEnded,
  listDriftCases,
  listRuns,
  listStateVersions,
} from "@plumbline/contract";
import type { PullRequest } from "@plumbline/contract";
import { contains, holds } from "../stories/story.ts";
import { applied, approve, describe, merge, plansOf, pushForReview } from "../world/acts.ts";
import { Refused } from "../world/api.ts";
import type { Clone } from "../world/git.ts";
import { until } from "../world/wait.ts";
import type { MoveInWorld } from "./move-in-world.ts";
import { secretOfTheState } from "./shapes.ts";
import type { Shape } from "./shapes.ts";

/** A step of the story; each builds on the ones before. */
export interface MoveInStep {
  title: string;
  run(at: MoveInWorld): Promise<void>;
}

/** A team with code and states of its own moves in, changes something, and is told of a drift. */
export function moveInStory(key: string, shape: Shape): MoveInStep[] {
  const repository = `shop-${key}`;
  const states = new Map<string, string>();
  let checkout: Clone | undefined;
  const seeded = () => {
    if (checkout === undefined) throw new Error("nothing was pushed");
    return checkout;
  };
  const named = (workspace: string) => `${repository}:${workspace}`;
  return [
    {
      title: `${shape.name}: rolled out with the engine alone, its states pulled`,
      async run(at) {
        await at.as("platform").call(createRepository, { body: { name: repository } });
        checkout = await at.clone("platform", repository);
        for (const [path, text] of Object.entries(shape.files)) checkout.write(path, text);
        const { folder } = checkout;
        // Those of one folder share its .terraform; the others go side by side.
        await Promise.all(
          Map.groupBy(shape.roots, (root) => root.folder)
            .values()
            .map(async (roots) => {
              for (const root of roots) states.set(root.workspace, await at.engine.rollOut(folder, root));
            }),
        );
        holds(
          [...states.values()].every((text) => text.includes('"lineage"')),
          "each root has a state",
        );
      },
    },
    {
      title: "plumb init --write, the owners named, one push to main",
      async run(at) {
        const clone = seeded();
        await at.plumb("platform", ["init", "--write"], { cwd: clone.folder });
        const owners = join(clone.folder, "CODEOWNERS");
        writeFileSync(owners, readFileSync(owners, "utf8").replaceAll("@platform", "@owner @owner2"));
        await at.plumb("platform", ["validate"], { cwd: clone.folder });
        await clone.commit("Move in");
        await clone.must("push", "origin", "HEAD:refs/heads/main");
        const { items } = await at.as("dev").call(listRuns, { query: { limit: 200 } });
        holds(
          items.every((run) => run.kind !== "apply"),
          "the push applied nothing",
        );
      },
    },
    {
      title:
        "each state is taken over: its plan shows no change, two approve, and it is the first version byte for byte",
      async run(at) {
        const opened = new Map<string, number>();
        for (const { workspace } of shape.roots) {
          const file = join(at.world.folder, `${workspace.replace("/", "-")}.tfstate`);
          writeFileSync(file, states.get(workspace) ?? "", { mode: 0o600 });
          const printed = await at.plumb("dev", ["state", "import", named(workspace), file, "--json"]);
          opened.set(workspace, (JSON.parse(printed) as PullRequest).number);
        }
        for (const [workspace, number] of opened) {
          const planned = await plansOf(at.as("owner"), number, 240);
          holds(planned.state === "waits", `it waits for approval alone: ${await describe(at.as("owner"), number)}`);
          await carry(at, number);
          const { items } = await at
            .as("owner")
            .call(listStateVersions, { params: { workspace: named(workspace) }, query: {} });
          const first = items.find(({ version }) => version === 1);
          holds(first?.pullRequest === number, `version 1 came by #${number}: ${JSON.stringify(items)}`);
          const exported = join(at.world.folder, `${workspace.replace("/", "-")}.exported`);
          await at.plumb("platform", ["state", "export", named(workspace), "--version", "1", "-o", exported]);
          holds(readFileSync(exported, "utf8") === states.get(workspace), "export gives it back byte for byte");
          const done = await plansOf(at.as("owner"), number);
          const { applyRun } = done.affected[0] ?? {};
          const run = await at.as("owner").call(getRun, { params: { number: applyRun ?? 0 } });
          holds(run.status === "finished" && run.plan?.changes !== true, `run ${run.number} changed nothing`);
        }
      },
    },
    {
      title: "a change by a pull request is planned over that state, and applied",
      async run(at) {
        const clone = await at.clone("dev", repository);
        const { file, from, to, workspace } = shape.change;
        const text = readFileSync(join(clone.folder, file), "utf8");
        holds(text.includes(from), `${file} says ${from}`);
        clone.write(file, text.replace(from, to));
        await clone.commit("Change something");
        const number = await pushForReview(clone);
        const planned = await plansOf(at.as("owner"), number, 240);
        const counts = planned.affected.find((one) => one.workspace === workspace)?.counts;
        holds(
          counts?.change === 1 && counts.add === 0 && counts.destroy === 0 && counts.replace === 0,
          `one resource is changed, none made: ${await describe(at.as("owner"), number)}`,
        );
        await carry(at, number);
      },
    },
    {
      title: "what somebody changes in AWS is found as drift",
      async run(at) {
        await at.ec2.open(await at.ec2.securityGroup("shop-inside-dev"), 443, "0.0.0.0/0");
        const root = shape.roots.find(({ workspace }) => workspace.endsWith("/dev"));
        const workspace = named(root?.workspace ?? "");
        await at.as("owner").call(checkDrift, { params: { workspace } });
        const found = await until(
          `a drift case of ${workspace}`,
          async () => {
            const { items } = await at.as("owner").call(listDriftCases, { query: { workspace } });
            const open = items.find(({ status }) => status !== "closed");
            return open && at.as("owner").call(getDriftCase, { params: { number: open.number } });
          },
          { seconds: 120 },
        );
        contains(JSON.stringify(found.changes), "0.0.0.0/0", "aws_security_group");
      },
    },
    {
      title: "what the states hold in secret stands in no log, comment or plan",
      async run(at) {
        const { items } = await at.as("auditor").call(listRuns, { query: { limit: 200 } });
        holds(
          items.every(({ status }) => hasEnded(status)),
          "all runs have ended",
        );
        const pages = await Promise.all(
          items.flatMap(({ number }) => [
            at.as("auditor").text(`/api/v1/runs/${number}/log`),
            at.as("auditor").text(`/api/v1/runs/${number}`),
          ]),
        );
        for (const number of new Set(items.flatMap(({ pullRequest }) => pullRequest ?? [])))
          for (const part of ["comments", "plans", "timeline"])
            pages.push(await at.as("auditor").text(`/api/v1/pull-requests/${number}/${part}`));
        holds(
          pages.every((text) => !text.includes(secretOfTheState)),
          "the secret is nowhere",
        );
      },
    },
  ];
}

/** Two approve, dev merges, and it is applied. */
async function carry(at: MoveInWorld, number: number): Promise<void> {
  for (const person of ["owner", "owner2"] as const) await approve(at.as(person), number).catch(ignoreEnough);
  await merge(at.as("dev"), number);
  await applied(at.as("owner"), number, [at.as("owner"), at.as("owner2")], 240);
}

function ignoreEnough(error: unknown): void {
  if (error instanceof Refused && error.problem.code === "approval_refused") return;
  throw error;
}
