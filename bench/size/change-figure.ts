import { execFileSync, spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { closePullRequest } from "@plumbline/contract";
import { until } from "../../e2e/src/world/wait.ts";
import { quantile } from "../figure.ts";
import type { Figure, Measured } from "../figure.ts";
import { noBrowser, timeLoads, withPage } from "./page-figure.ts";
import { changedBucket, planViews } from "./plan-views.ts";
import { ownerOf } from "./owner.ts";
import type { Owner } from "./owner.ts";
import type { SizedFolder } from "./sized-folder.ts";
import type { SizedWorld } from "./sized-world.ts";

const wanted = 500;
const loads = 5;
const refreshes = 7;
/** An affected workspace, or some that are alike, on the page. */
const row = ".affected tbody tr";
/** What GitHub takes, and no forge less. */
const longestComment = 65_536;

/** A change of a module that 50 components call in ten environments: how long until people can read what it does. */
export function changeFigure(folder: SizedFolder): Figure {
  return {
    id: "change-of-500",
    title: `change of ${wanted} workspaces: affected set and summary comment`,
    unit: "s",
    target: 1,
    better: "lower",
    missing: noBrowser,
    measure: (say) => folder.withWorld(say, (world) => measureChange(world, say)),
  };
}

async function measureChange(world: SizedWorld, say: (text: string) => void): Promise<Measured> {
  // As in a running server, main was read before: the first push after a start does that, and is told beside.
  say("pushing a change of a module twice");
  const first = pushChange(world, "first");
  await world.client.call(closePullRequest, { params: { number: first.number } });
  const pushed = pushChange(world, "measured");
  const client = await ownerOf(world.dataDir);
  try {
    const affected = await endPlans(client, pushed.number);
    say(`${affected} workspaces are affected; making the comment ${refreshes} times`);
    const times: number[] = [];
    let comment = "";
    for (let round = -1; round < refreshes; round++) {
      const made = await timeComment(client, pushed.number);
      comment = made.body;
      if (round >= 0) times.push(made.seconds);
    }
    const { page, shown } = await withPage(world, async (browser) => ({
      page: await timeLoads(browser, `${world.world.url}/pull-requests/${pushed.number}`, row, loads),
      shown: await browser.locator(row).count(),
    }));
    const rows = comment.split("\n").filter((line) => line.startsWith("| `")).length;
    const told = quantile(times, 0.95);
    const opened = quantile(page, 0.95);
    return {
      value: pushed.seconds + told,
      demands: [
        { says: `it affects ${affected} workspaces`, holds: affected === wanted },
        { says: `equal plans stand together in the comment: ${rows} rows`, holds: rows > 0 && rows <= 10 },
        {
          says: `the comment has ${comment.length} of ${longestComment} characters`,
          holds: comment.length < longestComment,
        },
        { says: `equal plans stand together on the page: ${shown} rows`, holds: shown === rows },
        { says: `the page is there after ${opened.toFixed(2)} s (<= 1)`, holds: opened <= 1 },
      ],
      notes: [
        `the push with the affected set and the start of ${affected} plans ${pushed.seconds.toFixed(2)} s, the first one after the server's start ${first.seconds.toFixed(2)} s; the comment ${told.toFixed(2)} s (median ${quantile(times, 0.5).toFixed(2)} s); the page ${opened.toFixed(2)} s (median ${quantile(page, 0.5).toFixed(2)} s)`,
      ],
    };
  } finally {
    await client.end();
  }
}

/** Changes a module that components of one layer call, and pushes it for review as that topic; as long as git takes. */
function pushChange({ folder, world, token }: SizedWorld, topic: string): { number: number; seconds: number } {
  const clone = join(folder, "clones/change");
  const header = `http.extraHeader=Authorization: Basic ${Buffer.from(`platform:${token}`).toString("base64")}`;
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", header, "-c", "user.name=platform", "-c", "user.email=platform@acme.example", ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  rmSync(clone, { recursive: true, force: true });
  git("clone", "--quiet", world.gitUrl("platform"), clone);
  const file = "modules/base-7/main.tf";
  writeFileSync(
    join(clone, file),
    `${git("-C", clone, "show", `HEAD:${file}`)}\noutput "${topic}" { value = var.name }\n`,
  );
  git("-C", clone, "commit", "--quiet", "--all", "--message", "Tell the name");
  const started = performance.now();
  // What the server says comes on standard error.
  const { status, stderr } = spawnSync(
    "git",
    ["-c", header, "-C", clone, "push", "origin", `HEAD:refs/for/main/${topic}`],
    {
      encoding: "utf8",
    },
  );
  const seconds = (performance.now() - started) / 1000;
  const number = Number(/\/pull-requests\/(\d+)/.exec(stderr)?.[1]);
  if (status !== 0 || Number.isNaN(number)) throw new Error(`the push ended with ${status}:\n${stderr}`);
  return { number, seconds };
}

/** Ends the plans as runners would have: three kinds, each with other values in every workspace. Answers how many. */
async function endPlans(client: Owner, number: number): Promise<number> {
  const [plan] = planViews();
  const views = [1, 2, 3].map((count) => ({
    ...plan,
    counts: { add: 0, change: count, replace: 0, destroy: 0, import: 0, move: 0, forget: 0, outside: 0 },
    resources: Array.from({ length: count }, (_, at) =>
      changedBucket(`module.base.aws_s3_bucket.this[${at}]`, "VALUE"),
    ),
  }));
  const { rowCount } = await client.query(
    `update runs r set status = 'finished', started_at = now(), finished_at = now(), plan_epoch = 1, findings = '[]',
        judgement_failures = '[]', plan_digest = md5(r.run_id::text) || md5(r.run_id::text), engine_version = '1.11.4',
        plan_counts = ($2::jsonb -> (r.number % 3)::integer) -> 'counts',
        plan_view = replace((($2::jsonb) -> (r.number % 3)::integer)::text, 'VALUE', r.number::text)::jsonb
      from pull_requests p where p.organization_id = r.organization_id and p.pull_request_id = r.pull_request_id
        and p.number = $1 and r.kind = 'plan' and r.status in ('queued', 'waits')`,
    [number, JSON.stringify(views)],
  );
  return rowCount ?? 0;
}

/** Has the summary comment made anew by the server's own task; until it is stored. */
async function timeComment(client: Owner, number: number): Promise<{ seconds: number; body: string }> {
  await client.query(
    "delete from comments c using pull_requests p where p.pull_request_id = c.pull_request_id and p.number = $1 and c.kind = 'summary'",
    [number],
  );
  const started = performance.now();
  await client.query(
    `select graphile_worker.add_job('pull-requests.refresh',
        json_build_object('organizationId', organization_id, 'pullRequestId', pull_request_id)) from pull_requests where number = $1`,
    [number],
  );
  const body = await until("the comment", async () => {
    const { rows } = await client.query<{ body: string }>(
      "select body from comments c join pull_requests p using (organization_id, pull_request_id) where p.number = $1 and c.kind = 'summary'",
      [number],
    );
    return rows[0]?.body;
  });
  return { seconds: (performance.now() - started) / 1000, body };
}
