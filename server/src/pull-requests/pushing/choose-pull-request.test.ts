import { expect, test } from "vitest";
import { choosePullRequest, readPushWords } from "./choose-pull-request.ts";
import type { OpenPullRequest } from "./choose-pull-request.ts";

function open(
  number: number,
  subject: string,
  more: { topic?: string; openedBy?: string; id?: string } = {},
): OpenPullRequest {
  const pullRequest = {
    organizationId: "o",
    id: `pr-${number}`,
    number,
    repositoryId: "r",
    purpose: "change" as const,
    status: "open" as const,
    title: subject,
    description: "",
    ticket: null,
    topic: more.topic ?? null,
    openedBy: more.openedBy ?? "dev",
    openedAt: new Date(),
    workspaces: null,
    revertsNumber: null,
    driftCase: null,
    mergedAt: null,
    mergedBy: null,
    mergeCommit: null,
    mergeSequence: null,
    closedAt: null,
    closedBy: null,
  };
  const patchSet = {
    id: `ps-${number}`,
    pullRequestId: pullRequest.id,
    number: 1,
    commit: "c",
    base: "b",
    trialCommit: "c",
    conflicts: null,
    changedPaths: [],
    promotedPaths: [],
    filesDigest: "",
    addresses: [],
    commits: [{ id: more.id ?? `c-${number}`, subject, author: "", address: "" }],
    problems: [],
    pushedBy: "dev",
    createdAt: new Date(),
    replayedCommit: null,
  };
  return { pullRequest, patchSet };
}

const commit = (id: string, subject: string) => ({ id, subject, author: "", address: "" });
const plain = readPushWords("refs/for/main", []);

test("push options and topics are read, and what is not understood is said", () => {
  expect(readPushWords("refs/for/main/team/x", ["ticket=OPS-1", "title=A b"])).toEqual({
    topic: "team/x",
    pullRequest: null,
    ticket: "OPS-1",
    title: "A b",
  });
  expect(readPushWords("refs/for/main", ["pr=#12"]).pullRequest).toBe(12);
  expect(() => readPushWords("refs/for/main", ["pr=abc"])).toThrow("not understood");
  expect(() => readPushWords("refs/for/main", ["topic=a b"])).toThrow("A topic has");
  expect(() => readPushWords("refs/heads/x", [])).toThrow("refs/for/main");
});

test("a commit in common or the same first subject means the same change, by the same pusher only", () => {
  const all = [open(1, "One"), open(2, "Two", { id: "shared" })];
  expect(choosePullRequest(plain, "dev", [commit("n", "More"), commit("m", "One")], all)?.pullRequest.number).toBe(1);
  expect(choosePullRequest(plain, "dev", [commit("n", "x"), commit("shared", "y")], all)?.pullRequest.number).toBe(2);
  expect(choosePullRequest(plain, "dev", [commit("n", "New")], all)).toBeNull();
  expect(choosePullRequest(plain, "other", [commit("m", "One")], all)).toBeNull();
});

test("a number or a topic names one whoever opened it; several that fit are an error with the list", () => {
  const all = [open(1, "Same", { topic: "a" }), open(2, "Same", { topic: "b" })];
  expect(choosePullRequest({ ...plain, pullRequest: 2 }, "other", [], all)?.pullRequest.number).toBe(2);
  expect(choosePullRequest({ ...plain, topic: "a" }, "other", [], all)?.pullRequest.number).toBe(1);
  expect(choosePullRequest({ ...plain, topic: "new" }, "dev", [commit("x", "Same")], all)).toBeNull();
  expect(() => choosePullRequest({ ...plain, pullRequest: 9 }, "dev", [], all)).toThrow("no open pull request #9");
  expect(() => choosePullRequest(plain, "dev", [commit("x", "Same")], all)).toThrow("#1 Same");
});
