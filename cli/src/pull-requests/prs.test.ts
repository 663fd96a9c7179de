import {
  approvePullRequest,
  getPullRequest,
  getReplay,
  listPullRequestPlans,
  listPullRequests,
  listRepositories,
  mergePullRequest,
  openPullRequest,
  problem,
  promote,
  revertPullRequest,
} from "@plumbline/contract";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startFakeApi } from "../testing/fake-api.ts";
import type { FakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";
import type { FakeTerminalOptions } from "../testing/fake-terminal.ts";
import { pullRequest, workspacePlan } from "../testing/fixtures.ts";

let api: FakeApi;
beforeEach(async () => {
  api = await startFakeApi();
  api.answer(getPullRequest, () => pullRequest());
  api.answer(listPullRequestPlans, () => ({ items: [workspacePlan()] }));
});
afterEach(() => api[Symbol.asyncDispose]());

const run = (args: string[], options: FakeTerminalOptions = {}) =>
  plumb(args, { ...options, env: { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "secret-token" } });

test("the list is a table, and JSON as the API says it", async () => {
  const items = [pullRequest()];
  api.answer(listPullRequests, ({ query, headers }) => {
    expect(query).toMatchObject({ status: "open", waitsForMe: true, limit: 50 });
    expect(headers.authorization).toBe("Bearer secret-token");
    return { items, cursor: null };
  });
  const text = await run(["prs", "list", "--status", "open", "--mine"]);
  expect(text).toMatchObject({
    exitCode: 0,
    stderr: "",
    stdout: `  PR  STATE    TITLE              BY   ENVIRONMENTS  PLAN   WORST     UPDATED
#128  blocked  Open the database  dev  prod          +1 ~2  critical  60 min ago
`,
  });
  const json = await run(["prs", "list", "--status", "open", "--mine", "--json"]);
  expect(JSON.parse(json.stdout).items[0].sentence).toBe(items[0]!.sentence);
});

test("what is merged has no gate any more", async () => {
  expect((await run(["prs", "show", "128"])).stdout).toMatch(/^Gate$/m);
  api.answer(getPullRequest, () => pullRequest({ status: "merged", state: "applied", gate: [] }));
  expect((await run(["prs", "show", "128"])).stdout).not.toMatch(/^Gate$/m);
});

test("long lists are loaded page by page", async () => {
  api.answer(listPullRequests, ({ query }) =>
    query.cursor === undefined
      ? { items: Array.from({ length: 200 }, () => pullRequest()), cursor: "next" }
      : { items: [pullRequest({ number: 7 })], cursor: null },
  );
  const { stdout } = await run(["prs", "list", "--limit", "1000", "--json"]);
  expect(JSON.parse(stdout).items).toHaveLength(201);
  expect(api.requests[1]).toContain("cursor=next");
});

test("a pull request shows its sentence, gate, workspaces, findings and plans", async () => {
  const { stdout, exitCode } = await run(["prs", "show", "#128"]);
  expect(exitCode).toBe(0);
  expect(stdout).toBe(`#128 Open the database  blocked
One critical finding blocks; dev mends it with a new push.

purpose     change
repository  shop-infrastructure
opened      by dev, 60 min ago
patch set   1, 8c1f0e2b9d3a by dev
ticket      OPS-1

Gate
  ✗ An owner of components/database approves (CODEOWNERS:4)
    Nobody has approved yet.
    can do it: owner, owner2

1 workspace
WORKSPACE      PLAN      CHANGES  FINDINGS    APPLY
database/prod  finished  +1 ~2    1 critical  -      Planned in 2.1 s

database/prod, run 12
digest d1
  # lab_database.main will be updated in place
  # components/database/main.tf:10
! resource "lab_database" "main" {
!     public = false -> true # line 12
!     password = (sensitive value) -> (sensitive value)
      # 4 unchanged
  }

  Plan: 1 to add, 2 to change, 0 to destroy.
  critical The database is reachable from everywhere [public-database]
    components/database/main.tf:12  lab_database.main
    Set public = false.
`);
});

test("on a terminal it is coloured, but not with NO_COLOR", async () => {
  const coloured = await run(["prs", "show", "128"], { isTerminal: true });
  expect(coloured.stdout).toContain("\u001B[33m!     public = false -> true\u001B[39m\u001B[2m # line 12");
  const plain = await plumb(["prs", "show", "128"], {
    isTerminal: true,
    env: { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t", NO_COLOR: "1" },
  });
  expect(plain.stdout).not.toContain("\u001B");
});

test("what people wrote cannot steer the terminal or forge lines", async () => {
  const evil = "\u001B]0;owned\u0007\u001B[2Jtitle\n✓ forged\u202E\u009B31m";
  api.answer(getPullRequest, () => pullRequest({ title: evil, sentence: evil, description: `${evil}\nmore` }));
  api.answer(listPullRequestPlans, () => ({ items: [workspacePlan({ workspace: evil })] }));
  for (const args of [
    ["prs", "show", "128"],
    ["prs", "plans", "128"],
    ["prs", "show", "128", "--json"],
    ["prs", "plans", "128", "--json"],
  ]) {
    const { stdout } = await run(args);
    expect(stdout).not.toMatch(/(?!\n)[\p{Cc}\u202E]/u);
    expect(stdout).not.toMatch(/^✓/m);
  }
});

test("an approval shows the plans, asks, and signs exactly what was shown", async () => {
  api.answer(approvePullRequest, ({ body }) => {
    expect(body).toEqual({
      meaning: "I read these plans and answer for them",
      digests: [{ workspace: "database/prod", digest: "d1" }],
    });
    return pullRequest({ gate: [] });
  });
  const { exitCode, stdout, stderr } = await run(["prs", "approve", "128"], { typed: "yes\r" });
  expect(stderr).toContain("public = false -> true");
  expect(stderr).toContain("digest d1");
  expect(stderr).toContain("answer for them” for 1 plan? Type yes: ");
  expect(stdout).toContain("Approved #128: 1 plan.");
  expect(exitCode).toBe(0);
});

test("another answer than yes signs nothing", async () => {
  const { exitCode } = await run(["prs", "approve", "128"], { typed: "y\r" });
  expect(exitCode).toBe(130);
  expect(api.requests.filter((request) => request.startsWith("POST"))).toEqual([]);
});

test("without a terminal an approval needs --yes", async () => {
  expect(await run(["prs", "approve", "128"])).toMatchObject({ exitCode: 2, stdout: "" });
  expect(api.requests).toEqual([]);
});

test("a named digest that is not the newest is refused before anything is sent", async () => {
  const wrong = await run(["prs", "approve", "128", "--yes", "--digest", "database/prod=old"]);
  expect(wrong.exitCode).toBe(1);
  expect(wrong.stderr).toContain("The digest of database/prod is d1, not old.");
  expect(api.requests.filter((request) => request.startsWith("POST"))).toEqual([]);
});

test("a change that only takes workspaces out has no plan, and is signed all the same", async () => {
  const [affected] = pullRequest().affected;
  if (affected === undefined) throw new Error("the fixture affects something");
  const gone = { ...affected, relation: "removed" as const, run: null, runStatus: null, digest: null };
  api.answer(getPullRequest, () => pullRequest({ affected: [gone] }));
  api.answer(listPullRequestPlans, () => ({ items: [] }));
  api.answer(approvePullRequest, ({ body }) => {
    expect(body.digests).toEqual([]);
    return pullRequest({ gate: [] });
  });
  const { exitCode, stdout } = await run(["prs", "approve", "128", "--yes"]);
  expect(stdout).toContain("Approved #128: this change, which plans nothing.");
  expect(exitCode).toBe(0);
});

test("a plan without digest is not signed", async () => {
  api.answer(listPullRequestPlans, () => ({ items: [workspacePlan({ digest: null })] }));
  const { exitCode, stderr } = await run(["prs", "approve", "128", "--yes"]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain("there is nothing to approve");
});

test("after the merge only plans of held runs are signed", async () => {
  const other = {
    ...pullRequest().affected[0]!,
    workspace: "network/prod",
    applyStatus: "finished" as const,
  };
  const held = { ...other, workspace: "database/prod", applyStatus: "held" as const };
  api.answer(getPullRequest, () => pullRequest({ status: "merged", state: "held", affected: [other, held] }));
  api.answer(listPullRequestPlans, () => ({
    items: [workspacePlan({ workspace: "network/prod", digest: "d0" }), workspacePlan()],
  }));
  const signed: unknown[] = [];
  api.answer(approvePullRequest, ({ body }) => {
    signed.push(body.digests);
    return pullRequest();
  });
  const { stderr } = await run(["prs", "approve", "128", "--yes"]);
  expect(signed).toEqual([[{ workspace: "database/prod", digest: "d1" }]]);
  expect(stderr).not.toContain("digest d0");
});

test("a change that affects no workspace is approved without plans", async () => {
  api.answer(getPullRequest, () => pullRequest({ affected: [] }));
  api.answer(listPullRequestPlans, () => ({ items: [] }));
  api.answer(approvePullRequest, ({ body }) => pullRequest({ title: `signed ${body.digests.length}` }));
  const { exitCode, stdout } = await run(["prs", "approve", "128", "--yes"]);
  expect({ exitCode, stdout }).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining("which plans nothing"),
  });
});

test("a plan that could not be judged says what is missing", async () => {
  const failure = { message: "The Rego policies were not evaluated: there is no OPA here." };
  const placed = { message: "The policy does not compile", file: "policies/a.rego", line: 3 };
  api.answer(listPullRequestPlans, () => ({ items: [workspacePlan({ judgementFailures: [failure, placed] })] }));
  const { stdout } = await run(["prs", "plans", "128"]);
  expect(stdout).toContain("  not judged The Rego policies were not evaluated: there is no OPA here.\n");
  expect(stdout).toContain("  not judged policies/a.rego:3: The policy does not compile\n");
});

test("a refused approval says why and ends with 5", async () => {
  api.answer(approvePullRequest, () => {
    throw problem("approval_refused", "You pushed patch set 1.");
  });
  const text = await run(["prs", "approve", "128", "--yes"]);
  expect(text.exitCode).toBe(5);
  expect(text.stderr).toContain(`plumb: You cannot approve this
  You pushed patch set 1.
  Request request-1
  Next: Somebody else approves; the gate says who.
`);
  const json = await run(["prs", "approve", "128", "--yes", "--json"]);
  expect(JSON.parse(json.stderr.trim().split("\n").at(-1) ?? "")).toMatchObject({
    code: "approval_refused",
    detail: "You pushed patch set 1.",
  });
});

test("merge, revert and promote print what they led to", async () => {
  api.answer(mergePullRequest, () => pullRequest({ status: "merged", sentence: "Applying." }));
  api.answer(revertPullRequest, () =>
    pullRequest({ number: 129, title: "Revert “Open the database”", sentence: "Planning." }),
  );
  api.answer(listRepositories, () => ({ items: [repository("shop-infrastructure")] }));
  api.answer(promote, ({ body }) => {
    expect(body).toMatchObject({
      repository: "shop-infrastructure",
      environments: ["uat", "prod"],
      ticket: "OPS-2",
    });
    return pullRequest({ number: 130, title: "Promote" });
  });
  expect((await run(["prs", "merge", "128"])).stdout).toBe("Merged: #128 Open the database\nApplying.\n");
  expect((await run(["prs", "revert", "128"])).stdout).toContain("#129 Revert “Open the database”");
  expect((await run(["promote", "uat", "prod", "--ticket", "OPS-2"])).stdout).toContain("Opened: #130 Promote");
});

test("a destruction asks for the name of each workspace", async () => {
  api.answer(listRepositories, () => ({ items: [repository("a")] }));
  api.answer(openPullRequest, ({ body }) => {
    expect(body).toMatchObject({
      purpose: "destroy",
      workspaces: ["shop/test", "network/test"],
      repository: "a",
    });
    return pullRequest({ number: 131, title: body.title });
  });
  const args = ["destroy", "shop/test", "network/test"];
  expect(await run(args, { typed: "shop/test\rshop/test\r" })).toMatchObject({ exitCode: 130 });
  expect((await run(args, { typed: "shop/test\rnetwork/test\r" })).stdout).toContain(
    "Opened: #131 Destroy shop/test, network/test",
  );
  expect((await run(args)).exitCode).toBe(2);
  expect((await run([...args, "--yes"])).exitCode).toBe(0);
});

test("where there are several repositories one is to be named", async () => {
  api.answer(listRepositories, () => ({ items: [repository("a"), repository("b")] }));
  const { exitCode, stderr } = await run(["promote", "uat"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("Name one with --repository: a, b");
});

function repository(name: string) {
  return {
    name,
    gitUrl: `${api.url}/git/acme/${name}.git`,
    headCommit: null,
    createdAt: "2026-11-22T07:00:00.000Z",
    layers: [],
    components: [],
    environments: [],
    problems: [],
  };
}

test("what a change of policies would do is told by finding and owner", async () => {
  api.answer(getReplay, () => ({
    state: "done" as const,
    workspaces: [
      {
        workspace: "shop/dev",
        environment: "dev",
        run: 9,
        applied: true,
        state: "judged" as const,
        detail: null,
        blockingBefore: 0,
        blockingAfter: 1,
      },
    ],
    findings: [
      {
        workspace: "shop/dev",
        rule: "lab-bucket-public",
        severity: "critical" as const,
        title: "Everybody can read the bucket",
        address: "lab_bucket.press",
        file: null,
        line: null,
        owners: ["@owner"],
        change: "blocks" as const,
        until: null,
      },
    ],
    teams: [{ owner: "@owner", blocks: 1, passes: 0, reported: 0 }],
  }));
  const { stdout, stderr, exitCode } = await run(["prs", "replay", "128"]);
  expect(stderr).toBe("");
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/blocks +critical +lab-bucket-public +lab_bucket.press +shop\/dev +@owner/);
  expect(stdout).toContain("@owner: 1 newly blocked, 0 newly passing, 0 newly reported");
});
