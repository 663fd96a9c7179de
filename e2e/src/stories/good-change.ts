import { approvePullRequest, getPullRequest, getRun, mergePullRequest, revertPullRequest } from "@plumbline/contract";
import { applied, approve, merge, plansOf, pullRequest, pushForReview } from "../world/acts.ts";
import type { Clone } from "../world/git.ts";
import { contains, holds } from "./story.ts";
import type { Story } from "./story.ts";

const file = "components/database/main.tf";
const values = (environment: string) => `environments/${environment}/database.tfvars`;

/** dev mends the change of the story before; it is approved, merged and applied, and reverted afterwards. */
export function goodChange(shared: { number?: number; clone?: Clone }): Story {
  const state = () => {
    if (shared.number === undefined || shared.clone === undefined) throw new Error("the change was not pushed");
    return { number: shared.number, clone: shared.clone };
  };
  const setSize = async (clone: Clone, environment: string, size: number) => {
    const before = await clone.must("show", `HEAD:${values(environment)}`);
    clone.write(values(environment), before.replace(/(size_gb\s*=\s*)\d+/, `$1${size}`));
  };
  return {
    title: "A good change goes through",
    steps: [
      {
        title: "dev mends it and amends: a new patch set, new plans, findings gone",
        async run(demo) {
          const { number, clone } = state();
          clone.write(file, await clone.must("show", `origin/main:${file}`));
          await setSize(clone, "dev", 30);
          await setSize(clone, "test", 60);
          await clone.must("add", "--all");
          await clone.must(
            "commit",
            "--quiet",
            "--amend",
            "--message",
            "Give the orders more room\n\nMore room in dev and test.\n\nTicket: SHOP-3",
          );
          const pushed = await pushForReview(clone, { pushOptions: [`pr=${number}`] });
          holds(pushed === number, "with -o pr the push updates the same pull request");
          const planned = await plansOf(demo.as("owner"), number);
          holds(planned.patchSet === 3, `this is patch set 3, not ${planned.patchSet}`);
          holds(
            planned.affected.every(({ blocking }) => blocking === 0),
            "nothing blocks",
          );
          holds(planned.state === "waits", `it waits for approval: ${planned.state}. ${planned.sentence}`);
        },
      },
      {
        title: "dev cannot approve his own change, nor the auditor anything; a digest that was not shown is refused",
        async run(demo) {
          const { number } = state();
          for (const person of ["dev", "auditor"] as const) {
            const error = await approve(demo.as(person), number).then(
              () => undefined,
              (cause: unknown) => cause,
            );
            holds(
              error instanceof Error && /approval_refused|not_allowed/.test(error.message),
              `${person}'s approval is refused: ${String(error)}`,
            );
          }
          const body = { meaning: "yes", digests: [{ workspace: "database/dev", digest: "0".repeat(64) }] };
          const refusal = await demo.as("owner").refused(approvePullRequest, { params: { number }, body });
          holds(refusal.problem.code === "plan_changed", `a foreign digest is refused: ${refusal.message}`);
          const early = await demo.as("owner").refused(mergePullRequest, { params: { number } });
          holds(early.problem.code === "merge_refused", `merging without approval is refused: ${early.message}`);
        },
      },
      {
        title: "after approval dev pushes again: where the plan is the same the approval stays",
        async run(demo) {
          const { number, clone } = state();
          await approve(demo.as("owner"), number);
          const before = await pullRequest(demo.as("owner"), number);
          await setSize(clone, "test", 70);
          await clone.must("add", "--all");
          await clone.must("commit", "--quiet", "--amend", "--no-edit");
          await pushForReview(clone);
          const after = await plansOf(demo.as("owner"), number);
          const digest = (of: typeof before, workspace: string) =>
            of.affected.find((one) => one.workspace === workspace)?.digest;
          holds(
            digest(before, "database/dev") === digest(after, "database/dev"),
            "the plan of database/dev is the same",
          );
          holds(
            digest(before, "database/test") !== digest(after, "database/test"),
            "the plan of database/test is another one",
          );
          const refusal = await demo.as("owner").refused(mergePullRequest, { params: { number } });
          holds(
            refusal.problem.code === "merge_refused",
            `the new plan of database/test needs a new approval: ${refusal.message}`,
          );
        },
      },
      {
        title: "owner approves, the server merges with its trailers, runners apply in order, the cloud has it",
        async run(demo) {
          const { number, clone } = state();
          await approve(demo.as("owner"), number);
          await merge(demo.as("owner"), number);
          const done = await applied(demo.as("owner"), number);
          await clone.must("fetch", "--quiet", "origin", "main");
          const message = await clone.must("log", "-1", "--format=%an <%ae>%n%B", "origin/main");
          contains(message, "Pull-Request:", "Proposed-by:", "Approved-by:", "Ticket: SHOP-3", "Plan-Digest:");
          for (const [environment, size] of [
            ["dev", 30],
            ["test", 70],
          ] as const) {
            const databases = await demo.lab.list(environment, "database");
            holds(
              databases.some((one) => one["size_gb"] === size),
              `${environment} has ${size} GB: ${JSON.stringify(databases)}`,
            );
          }
          const run = done.affected.find(({ workspace }) => workspace === "database/dev")?.applyRun ?? 0;
          const { stateVersionBefore, stateVersionAfter } = await demo
            .as("owner")
            .call(getRun, { params: { number: run } });
          holds((stateVersionAfter ?? 0) > (stateVersionBefore ?? 0), `run ${run} made a new state version`);
        },
      },
      {
        title: "revert opens the reverting pull request with the same gates, and undoes it",
        async run(demo) {
          const { number } = state();
          const reverting = await demo.as("dev").call(revertPullRequest, { params: { number } });
          holds(reverting.reverts === number && reverting.purpose === "revert", `it reverts #${number}`);
          await plansOf(demo.as("owner"), reverting.number);
          const early = await demo.as("owner").refused(mergePullRequest, { params: { number: reverting.number } });
          holds(early.problem.code === "merge_refused", "a revert needs approval too");
          await approve(demo.as("owner"), reverting.number);
          await merge(demo.as("owner"), reverting.number);
          await applied(demo.as("owner"), reverting.number);
          const databases = await demo.lab.list("test", "database");
          holds(!databases.some((one) => one["size_gb"] === 70), `test is as before: ${JSON.stringify(databases)}`);
          const original = await demo.as("owner").call(getPullRequest, { params: { number } });
          holds(original.revertedBy === reverting.number, `#${number} says what reverted it`);
        },
      },
    ],
  };
}
