import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  checkDrift,
  getDriftCase,
  hasEnded,
  listDriftCases,
  listPullRequestPlans,
  listRuns,
  mergePullRequest,
  revertDrift,
  setTicket,
  severities,
} from "@plumbline/contract";
import type { DriftCase } from "@plumbline/contract";
import { contains, holds } from "../stories/story.ts";
import { applied, approve, merge, plansOf, pushForReview } from "../world/acts.ts";
import { Refused } from "../world/api.ts";
import type { Clone } from "../world/git.ts";
import { until } from "../world/wait.ts";
import { controlsAreJudged } from "./aws-controls.ts";
import { environment } from "./aws-world.ts";
import type { AwsWorld } from "./aws-world.ts";

const file = "components/database/main.tf";
const workspace = `database/${environment}`;
const group = `shop-database-${environment}`;

/** A step of the story; each builds on the ones before. */
export interface AwsStep {
  title: string;
  run(aws: AwsWorld): Promise<void>;
}

/** The main line once more, with the real provider. */
export function awsStory(): AwsStep[] {
  const shared: { clone?: Clone; number?: number } = {};
  const change = () => {
    const { clone, number } = shared;
    if (clone === undefined || number === undefined) throw new Error("the change was not pushed");
    return { clone, number };
  };
  return [
    {
      title:
        "a database that is public, not encrypted and open to the world is blocked: three findings with file and line",
      async run(aws) {
        const clone = await aws.clone("dev");
        await aws.copyExample(clone);
        const good = readFileSync(join(clone.folder, file), "utf8");
        const bad = openToTheWorld(good);
        clone.write(file, bad);
        await clone.commit("Roll out the database");
        shared.clone = clone;
        shared.number = await pushForReview(clone);
        const planned = await plansOf(aws.as("owner"), shared.number, 240);
        holds(planned.state === "blocked", `it is blocked, not ${planned.state}: ${planned.sentence}`);
        const { items } = await aws
          .as("owner")
          .call(listPullRequestPlans, { params: { number: shared.number }, query: { workspace } });
        const worst = items
          .flatMap(({ findings }) => findings)
          .filter(({ severity, outcome }) => outcome === "fail" && severities.indexOf(severity) <= 1);
        for (const [rule, line] of Object.entries(expectedFindings(bad)))
          holds(
            worst.some((one) => one.rule === rule && one.place?.file === file && one.place.line === line),
            `${rule} at ${file}:${line}: ${JSON.stringify(worst.map((one) => [one.rule, one.place]))}`,
          );
        holds(worst.length === 3, `these three and no other: ${worst.map(({ rule }) => rule).join(", ")}`);
        clone.write(file, good);
      },
    },
    {
      title: "merging it is refused",
      async run(aws) {
        const { number } = change();
        for (const person of ["owner", "platform"] as const) {
          const refusal = await aws.as(person).refused(mergePullRequest, { params: { number } });
          holds(refusal.problem.code === "merge_refused", `${person} is refused: ${refusal.message}`);
        }
      },
    },
    {
      title: "the mended one is approved by two, merged and applied: AWS has it",
      async run(aws) {
        const { clone, number } = change();
        await clone.must("add", "--all");
        await clone.must("commit", "--quiet", "--amend", "--message", "Roll out the database\n\nTicket: SHOP-11");
        holds((await pushForReview(clone)) === number, "the push updates the same pull request");
        const planned = await plansOf(aws.as("owner"), number, 240);
        holds(planned.state === "waits", `it waits for approval: ${planned.state}. ${planned.sentence}`);
        await approve(aws.as("owner"), number);
        await approve(aws.as("owner2"), number);
        await merge(aws.as("owner"), number);
        await applied(aws.as("owner"), number, [aws.as("owner"), aws.as("owner2")], 400);
        const networks = await aws.ec2.openTo(await aws.ec2.securityGroup(group), 5432);
        holds(networks.join() === "10.40.0.0/16", `only the inside reaches the database: ${networks.join()}`);
      },
    },
    {
      title: "the controls of CIS are judged on what is applied, in both editions, with the resources they rest on",
      run: (aws) => controlsAreJudged(aws, { workspace, environment }),
    },
    {
      title: "a check right after it finds nothing",
      async run(aws) {
        await check(aws);
        const { items } = await aws.as("owner").call(listDriftCases, { query: { workspace } });
        holds(items.length === 0, `there is no case: ${JSON.stringify(items)}`);
      },
    },
    {
      title: "a rule that somebody opens through the AWS API is found as critical drift",
      async run(aws) {
        await aws.ec2.open(await aws.ec2.securityGroup(group), 5432, "0.0.0.0/0");
        await check(aws);
        const found = await openCase(aws);
        holds(found.severity === "critical", `a database port open to the world is critical, not ${found.severity}`);
        contains(JSON.stringify(found.changes), "0.0.0.0/0", "aws_security_group");
        contains(JSON.stringify(found.findings), "aws-sg-world-open-database");
      },
    },
    {
      title: "revert closes it in AWS, and the next check closes the case",
      async run(aws) {
        const found = await openCase(aws);
        const opened = await aws
          .as("dev")
          .call(revertDrift, { params: { number: found.number }, body: { ticket: "SHOP-12" } });
        const planned = await plansOf(aws.as("owner"), opened.number, 240);
        if (planned.ticket === null)
          await aws.as("dev").call(setTicket, { params: { number: opened.number }, body: { ticket: "SHOP-12" } });
        await approve(aws.as("owner"), opened.number);
        await approve(aws.as("owner2"), opened.number);
        await merge(aws.as("owner2"), opened.number);
        await applied(aws.as("owner"), opened.number, [aws.as("owner"), aws.as("owner2")], 240);
        const networks = await aws.ec2.openTo(await aws.ec2.securityGroup(group), 5432);
        holds(networks.join() === "10.40.0.0/16", `the rule is gone: ${networks.join()}`);
        await until(
          "the case is closed",
          async () =>
            (await aws.as("owner").call(getDriftCase, { params: { number: found.number } })).status === "closed"
              ? true
              : undefined,
          { seconds: 120 },
        );
      },
    },
  ];
}

/** Takes the encryption away, and opens instance and port. */
function openToTheWorld(text: string): string {
  const bad = text
    .replace(/^ *storage_encrypted *= *true\n/m, "")
    .replace(/(publicly_accessible *= *)false/, "$1true")
    .replace(/(cidr_blocks *= *)\[var\.vpc_cidr\]/, '$1["0.0.0.0/0"]');
  holds(
    bad.split("\n").length === text.split("\n").length - 1 && bad.includes("0.0.0.0/0"),
    `${file} could be changed`,
  );
  return bad;
}

/** Rule → line: the attribute's, or the block's where the attribute is missing. */
function expectedFindings(text: string): Record<string, number> {
  const line = (part: RegExp) => text.split("\n").findIndex((one) => part.test(one)) + 1;
  return {
    "aws-rds-public": line(/publicly_accessible/),
    "aws-rds-storage-encrypted": line(/resource "aws_db_instance"/),
    "aws-sg-world-open-database": line(/0\.0\.0\.0\/0/),
  };
}

/** Waits for a drift check that began after this call; asks for one where none is due just now. */
async function check(aws: AwsWorld): Promise<void> {
  const since = Date.now();
  await until(
    `a drift check of ${workspace}`,
    async () => {
      const query = { workspace, kind: "drift" as const, limit: 5 };
      const { items } = await aws.as("owner").call(listRuns, { query });
      const begun = items.filter(({ createdAt }) => Date.parse(createdAt) >= since);
      if (begun.length === 0) await aws.as("owner").call(checkDrift, { params: { workspace } }).catch(ignoreBusy);
      const [ended] = begun.filter(({ status }) => hasEnded(status));
      holds(ended === undefined || ended.status === "finished", `run ${ended?.number} finished: ${ended?.reason}`);
      return ended;
    },
    { seconds: 120 },
  );
}

/** A check is under way or an apply holds the workspace: look again. */
function ignoreBusy(error: unknown): void {
  if (error instanceof Refused && error.status === 409) return;
  throw error;
}

/** The workspace's open case; what a check saw is judged a moment after its run has ended. */
function openCase(aws: AwsWorld): Promise<DriftCase> {
  return until(
    `an open drift case of ${workspace}`,
    async () => {
      const { items } = await aws.as("owner").call(listDriftCases, { query: { workspace } });
      const found = items.find(({ status }) => status !== "closed");
      return found && aws.as("owner").call(getDriftCase, { params: { number: found.number } });
    },
    { seconds: 60 },
  );
}
