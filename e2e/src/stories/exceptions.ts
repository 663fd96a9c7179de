import {
  closePullRequest,
  getReplay,
  listKnownFindings,
  listPullRequestPlans,
  listWaivers,
  mergePullRequest,
} from "@plumbline/contract";
import type { Finding } from "@plumbline/contract";
import type { Demo } from "../demo/demo.ts";
import { applied, approve, merge, plansOf, pullRequest, pushForReview } from "../world/acts.ts";
import { until } from "../world/wait.ts";
import { contains, holds } from "./story.ts";
import type { Story } from "./story.ts";

const code = "components/shop/main.tf";
const waivers = "policies/waivers.yaml";
const policy = "policies/plumbline-policy.yaml";
const values = "environments/dev/shop.tfvars";
const rule = "lab-bucket-public";
const day = 86_400_000;

/** What the exception is, as it stands in the file. */
function waiverFile(expires: string): string {
  return `# Exceptions from rules; each has an owner and a last day.
version: 1
waivers:
  - rule: ${rule}
    address: lab_bucket.pictures
    environment: "*"
    reason: "everybody may see the shop's pictures"
    owner: "@owner"
    ticket: SHOP-8
    expires: ${expires}
`;
}

/** The pictures' finding in the plan of shop/dev, once that is made. */
function pictureFinding(demo: Demo, number: number): Promise<Finding> {
  return until("the finding", async () => {
    const { items } = await demo
      .as("owner")
      .call(listPullRequestPlans, { params: { number }, query: { workspace: "shop/dev" } });
    return items.flatMap(({ findings }) => findings).find((one) => one.rule === rule);
  });
}

/** An exception gets in by a pull request of its own and lets its finding pass; what is old is reported with a date. */
export function exceptionsStory(): Story {
  let wanted = 0;
  return {
    title: "An exception is made, and what is old gets a date",
    steps: [
      {
        title: "dev makes the shop's pictures public: the finding is new and blocks",
        async run(demo) {
          const clone = await demo.clone("dev");
          const before = await clone.must("show", `HEAD:${code}`);
          const after = before.replace(/(public\s*=\s*)false/, "$1true");
          holds(after !== before, `${code} could be changed`);
          clone.write(code, after);
          await clone.commit("Show the pictures to everybody\n\nTicket: SHOP-7");
          wanted = await pushForReview(clone, { topic: "pictures" });
          const planned = await plansOf(demo.as("owner"), wanted);
          holds(planned.state === "blocked", `it is blocked, not ${planned.state}`);
          const { standing, owners } = await pictureFinding(demo, wanted);
          holds(
            standing?.kind === "new" && standing.blocks,
            `the finding is new and blocks: ${JSON.stringify(standing)}`,
          );
          holds(owners?.includes("@owner") === true, `it has its code owners: ${owners?.join(", ")}`);
        },
      },
      {
        title: "a waiver gets in by a pull request that an owner of the file approves, not its author",
        async run(demo) {
          const clone = await demo.clone("dev");
          const latest = new Date(Date.now() + 400 * day).toISOString().slice(0, 10);
          clone.write(waivers, waiverFile(latest));
          await clone.commit("Except the pictures");
          const number = await pushForReview(clone, { topic: "waiver" });
          const { patchSets } = await pullRequest(demo.as("owner"), number);
          contains(JSON.stringify(patchSets.at(-1)?.problems ?? []), waivers, "at most 180 days");
          clone.write(waivers, waiverFile(new Date(Date.now() + 60 * day).toISOString().slice(0, 10)));
          await clone.must("commit", "--quiet", "--all", "--amend", "--no-edit");
          await pushForReview(clone, { topic: "waiver" });
          const own = await approve(demo.as("dev"), number).then(
            () => undefined,
            (error: unknown) => String(error),
          );
          contains(own ?? "", "approval_refused");
          const early = await demo.as("dev").refused(mergePullRequest, { params: { number } });
          contains(early.message, waivers);
          await approve(demo.as("owner"), number);
          await merge(demo.as("dev"), number);
        },
      },
      {
        title: "it lets the finding pass, which says so; the change is approved and applied",
        async run(demo) {
          const open = await until("the finding waived", async () => {
            const seen = await pullRequest(demo.as("owner"), wanted);
            return seen.state === "waits" ? seen : undefined;
          });
          holds(
            open.affected.every(({ blocking }) => blocking === 0),
            "nothing blocks",
          );
          const { standing } = await pictureFinding(demo, wanted);
          holds(standing?.kind === "waived", `the finding is waived: ${JSON.stringify(standing)}`);
          const { items } = await demo.as("auditor").call(listWaivers, { query: {} });
          holds(
            items.some(({ hides }) => hides.some(({ workspace }) => workspace === "shop/dev")),
            `the report says what it hides: ${JSON.stringify(items)}`,
          );
          await approve(demo.as("owner"), wanted);
          await merge(demo.as("owner"), wanted);
          await applied(demo.as("owner"), wanted);
        },
      },
      {
        title:
          "without the waiver the finding, which is old now, is reported with its date on another change and blocks nothing",
        async run(demo) {
          const tidy = await demo.clone("dev");
          tidy.write(waivers, "version: 1\nwaivers: []\n");
          await tidy.commit("Make no exception any more");
          const removal = await pushForReview(tidy, { topic: "no-waiver" });
          await approve(demo.as("owner"), removal);
          await merge(demo.as("owner"), removal);

          const clone = await demo.clone("dev");
          const before = await clone.must("show", `HEAD:${values}`);
          clone.write(
            values,
            before.replace(/(instances\s*=\s*)\d+/, (_, name: string) => `${name}3`),
          );
          await clone.commit("Run three instances in dev");
          const number = await pushForReview(clone, { topic: "instances" });
          const planned = await plansOf(demo.as("owner"), number);
          holds(planned.state === "waits", `it waits for approval: ${planned.state}. ${planned.sentence}`);
          const finding = await pictureFinding(demo, number);
          holds(
            finding.standing?.kind === "baseline" && !finding.standing.blocks && finding.standing.until !== undefined,
            `the finding is old and has a date: ${JSON.stringify(finding.standing)}`,
          );
          const { items } = await demo
            .as("auditor")
            .call(listKnownFindings, { query: { workspace: "shop/dev", limit: 50 } });
          const known = items.find((one) => one.rule === rule);
          holds(known?.dueAt === finding.standing?.until, `the baseline says the same: ${JSON.stringify(known)}`);
          await demo.as("dev").call(closePullRequest, { params: { number } });
        },
      },
      {
        title: "before a stricter policy is merged, its pull request shows what it would block, where and whose",
        async run(demo) {
          const clone = await demo.clone("dev");
          const before = await clone.must("show", `HEAD:${policy}`);
          clone.write(policy, before.replace("environments:\n", "environments:\n  dev:\n    block: all\n"));
          await clone.commit("Let nothing old pass in dev");
          const number = await pushForReview(clone, { topic: "stricter" });
          const replay = await until("the replay", async () => {
            const seen = await demo.as("owner").call(getReplay, { params: { number } });
            return seen.state === "done" ? seen : undefined;
          });
          holds(replay.workspaces.length === 12, `12 workspaces are judged: ${JSON.stringify(replay.workspaces)}`);
          holds(
            replay.workspaces.every(({ state }) => state === "judged"),
            `all of them could be judged: ${JSON.stringify(replay.workspaces)}`,
          );
          const [blocks, ...others] = replay.findings;
          holds(
            blocks?.workspace === "shop/dev" &&
              blocks.rule === rule &&
              blocks.change === "blocks" &&
              others.length === 0,
            `one finding would begin to block: ${JSON.stringify(replay.findings)}`,
          );
          holds(
            replay.teams.some(({ owner, blocks: count }) => owner === "@owner" && count === 1),
            `it is told whose it is: ${JSON.stringify(replay.teams)}`,
          );
          await demo.as("dev").call(closePullRequest, { params: { number } });
        },
      },
      {
        title: "dev mends it, and it is gone from the baseline",
        async run(demo) {
          const clone = await demo.clone("dev");
          const before = await clone.must("show", `HEAD:${code}`);
          clone.write(code, before.replace(/(public\s*=\s*)true(\s*encrypted)/, "$1false$2"));
          await clone.commit("Show the pictures to the shop alone\n\nTicket: SHOP-9");
          const number = await pushForReview(clone, { topic: "mended" });
          await plansOf(demo.as("owner"), number);
          await approve(demo.as("owner"), number);
          await merge(demo.as("owner"), number);
          await applied(demo.as("owner"), number);
          const { items } = await demo
            .as("auditor")
            .call(listKnownFindings, { query: { workspace: "shop/dev", limit: 50 } });
          holds(!items.some((one) => one.rule === rule), `it is closed: ${JSON.stringify(items)}`);
        },
      },
    ],
  };
}
