import {
  addComment,
  comparePatchSets,
  getPullRequest,
  getTimeline,
  listChangedFiles,
  listComments,
  openPullRequest,
} from "@plumbline/contract";
import type { BodyOf, ChangedFile, Comment } from "@plumbline/contract";
import { stripVTControlCharacters } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startFakeApi } from "../testing/fake-api.ts";
import type { FakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";
import type { FakeTerminalOptions } from "../testing/fake-terminal.ts";
import { counts, pullRequest } from "../testing/fixtures.ts";

let api: FakeApi;
beforeEach(async () => {
  api = await startFakeApi();
  api.answer(getPullRequest, () => pullRequest({ patchSet: 2 }));
});
afterEach(() => api[Symbol.asyncDispose]());
const run = (args: string[], options: FakeTerminalOptions = {}) =>
  plumb(["prs", ...args], { ...options, env: { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" } });

const at = "2026-11-22T07:00:00.000Z";
const file: ChangedFile = {
  path: "components/shop/main.tf",
  oldPath: null,
  status: "changed",
  added: 1,
  removed: 1,
  patch: "@@ -1 +1 @@\n-a = 1\n+a = 2\n",
  owners: ["@owner"],
};
const said: Comment = {
  id: "01938c5e-0000-7000-8000-000000000001",
  kind: "discussion",
  person: { name: "ada", displayName: "Ada" },
  body: "Is this\nneeded?",
  file: "a.tf",
  line: 3,
  at,
  editedAt: null,
  resolvedAt: null,
};

test("a pull request without commits plans workspaces as main declares them", async () => {
  const bodies: BodyOf<typeof openPullRequest>[] = [];
  api.answer(openPullRequest, ({ body }) => {
    bodies.push(body);
    return pullRequest({ title: body.title });
  });
  const { stdout } = await run(["open", "shop/test", "database/test", "--repository", "r", "--ticket", "OPS-1"]);
  expect(stdout).toContain("Opened: #128 Apply shop/test, database/test as main declares\n");
  expect(stdout).toContain("Next: plumb prs watch 128\n");
  expect(bodies).toMatchObject([{ purpose: "change", workspaces: ["shop/test", "database/test"], ticket: "OPS-1" }]);
});

test("changed files are listed with owners, and their patches where they are wanted", async () => {
  api.answer(listChangedFiles, () => ({ items: [file] }));
  expect((await run(["files", "128"])).stdout).toBe(`FILE                              +  -  OWNERS
components/shop/main.tf  changed  1  1  @owner
`);
  expect((await run(["files", "128", "--patch"])).stdout).toContain(
    "components/shop/main.tf\n@@ -1 +1 @@\n-a = 1\n+a = 2\n",
  );
});

test("the last two patch sets are compared where none are named", async () => {
  api.answer(comparePatchSets, ({ query }) => ({
    ...query,
    otherBase: true,
    workspaces: [
      {
        workspace: "shop/dev",
        change: "added" as const,
        from: null,
        to: { run: 9, status: "finished" as const, digest: "d", counts },
      },
    ],
    files: [file],
  }));
  const { stdout } = await run(["compare", "128"]);
  expect(stdout).toContain("#128: patch set 1 against 2, planned against another commit of main\n");
  expect(stdout).toMatch(/^shop\/dev +added +- +\+1 ~2, run 9 finished$/m);
  expect((await run(["compare", "128", "2", "5"])).stdout).toContain("patch set 2 against 5");
  api.answer(getPullRequest, () => pullRequest({ patchSet: 1 }));
  expect((await run(["compare", "128"])).stderr).toContain("one patch set only");
});

test("the timeline is told oldest first", async () => {
  const entry = { at, actor: "ada", kind: "merged", text: "merged it", run: null, workspace: null };
  api.answer(getTimeline, () => ({
    items: [entry, { ...entry, kind: "opened", text: "opened it" }],
  }));
  expect((await run(["timeline", "128"])).stdout).toBe(
    "2026-11-22 07:00:00Z  ada: opened it\n2026-11-22 07:00:00Z  ada: merged it\n",
  );
});

test("comments are read and made, by argument or stdin", async () => {
  const made: BodyOf<typeof addComment>[] = [];
  api.answer(listComments, () => ({ items: [said] }));
  api.answer(addComment, ({ body }) => {
    made.push(body);
    return { ...said, body: body.body };
  });
  expect((await run(["comments", "128"])).stdout).toBe("ada on a.tf:3, 60 min ago\n  Is this\n  needed?\n\n");
  await run(["comment", "128", "Why?", "--file", "a.tf", "--line", "3"]);
  await run(["comment", "128"], { stdin: "From a\nfile\n" });
  expect(made).toEqual([{ body: "Why?", file: "a.tf", line: 3 }, { body: "From a\nfile" }]);
  expect((await run(["comment", "128", "x", "--line", "3"])).stderr).toContain("--line needs --file");
  expect((await run(["comment", "128"])).stderr).toContain("The text is empty");
  expect((await run(["comment", "128"], { typed: "" })).stderr).toContain("There is no text");
  expect(made).toHaveLength(2);
});

const commits = Array.from({ length: 12 }, (_, index) => ({
  id: `${String(index).padStart(2, "0")}${"c".repeat(38)}`,
  subject: index === 0 ? `Open the database ${"to everybody who asks for it ".repeat(3)}` : `Step ${index}`,
  author: "Dee Veloper",
  address: "dev@example.org",
}));
const withCommits = () => {
  const found = pullRequest();
  return pullRequest({
    patchSets: found.patchSets.map((one) => ({ ...one, commits })),
    contributors: [
      { person: { name: "dev", displayName: "Dee" }, reasons: ["opened", "authored"] },
      { person: { name: "ada", displayName: "Ada" }, reasons: ["co_authored"] },
    ],
  });
};

test("commits and who has a part stand on the page of a pull request, ten of the commits", async () => {
  api.answer(getPullRequest, withCommits);
  const { stdout } = await run(["show", "128", "--no-plans"], { isTerminal: true, columns: 80 });
  const lines = stripVTControlCharacters(stdout).split("\n");
  const begin = lines.indexOf("12 commits");
  expect(lines.slice(begin, begin + 3)).toEqual([
    "12 commits",
    "COMMIT        SUBJECT                              AUTHOR",
    "00cccccccccc  Open the database to everybody who…  Dee Veloper <dev@example.org>",
  ]);
  expect(lines.slice(begin + 12, begin + 18)).toEqual([
    "… 2 more: plumb prs commits 128",
    "",
    "Who has a part in it",
    "dev  opened it, wrote commits",
    "ada  is named as a co-author",
    "",
  ]);
});

test("all commits of a patch set are listed; one that is not there is told with those there are", async () => {
  api.answer(getPullRequest, withCommits);
  const { stdout } = await run(["commits", "128"]);
  expect(stdout).toContain("#128, patch set 1: 12 commits over 0c1f0e2b9d3a\n");
  expect(stdout).toContain("11cccccccccc  Step 11");
  expect(stdout).toContain("ada  is named as a co-author\n");
  const json = JSON.parse((await run(["commits", "128", "--patch-set", "1", "--json"])).stdout);
  expect(json).toMatchObject({ number: 1, commits: [{ id: commits[0]?.id }, ...commits.slice(1)] });
  expect(await run(["commits", "128", "--patch-set", "4"])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("Next: It has 1."),
  });
});
