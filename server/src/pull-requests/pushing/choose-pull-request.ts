import { problem } from "@plumbline/contract";
import type { PatchSetCommit, PatchSetRecord, PullRequestRecord } from "../pull-request.ts";

/** What a push says about itself: `refs/for/main/<topic>` and push options. */
export interface PushWords {
  topic: string | null;
  pullRequest: number | null;
  ticket: string | null;
  title: string | null;
}

/** Reads the ref and the push options. Throws `push_refused` where they say something that is not understood. */
export function readPushWords(ref: string, options: readonly string[]): PushWords {
  const topicOfRef = /^refs\/for\/main(?:\/(.+))?$/.exec(ref);
  if (topicOfRef === null)
    throw problem("push_refused", `${ref} is not kept here. A change for main goes to refs/for/main.`);
  const words: PushWords = { topic: topicOfRef[1] ?? null, pullRequest: null, ticket: null, title: null };
  for (const option of options) {
    const equals = option.indexOf("=");
    const name = equals < 0 ? option : option.slice(0, equals);
    const value = equals < 0 ? "" : option.slice(equals + 1).trim();
    if (name === "pr" && /^#?[1-9][0-9]{0,8}$/.test(value)) words.pullRequest = Number(value.replace("#", ""));
    else if (name === "topic" && value !== "") words.topic = value;
    else if (name === "ticket" && value !== "") words.ticket = value.slice(0, 200);
    else if (name === "title" && value !== "") words.title = value.slice(0, 200);
    else
      throw problem("push_refused", `The push option “${option.slice(0, 100)}” is not understood.`, {
        next: "Known are pr=<number>, topic=<name>, ticket=<ticket> and title=<text>.",
      });
  }
  if (words.topic !== null && !/^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/.test(words.topic))
    throw problem("push_refused", "A topic has letters, digits, dots, dashes and slashes, at most 100.");
  return words;
}

/** An open pull request with its newest patch set. */
export interface OpenPullRequest {
  pullRequest: PullRequestRecord;
  patchSet: PatchSetRecord;
}

/**
 * Which pull request a push is for: the one it names by number or topic; else the pusher's only open one that it amends
 * or continues (a commit in common, or the same subject of the first commit); null for a new one. Throws
 * `push_refused` with the list where several fit.
 */
export function choosePullRequest(
  words: PushWords,
  pusher: string | null,
  commits: readonly PatchSetCommit[],
  open: readonly OpenPullRequest[],
): OpenPullRequest | null {
  if (words.pullRequest !== null) {
    const named = open.find(({ pullRequest }) => pullRequest.number === words.pullRequest);
    if (named === undefined)
      throw problem("push_refused", `There is no open pull request #${words.pullRequest} in this repository.`);
    if (named.pullRequest.workspaces !== null)
      throw problem("push_refused", `#${words.pullRequest} has no commits and takes none.`);
    return named;
  }
  const withCommits = open.filter(({ pullRequest }) => pullRequest.workspaces === null);
  if (words.topic !== null) return withCommits.find(({ pullRequest }) => pullRequest.topic === words.topic) ?? null;
  const fitting = withCommits.filter(
    ({ pullRequest, patchSet }) => pullRequest.openedBy === pusher && isSameChange(commits, patchSet.commits),
  );
  if (fitting.length > 1) {
    const list = fitting.map(({ pullRequest }) => `  #${pullRequest.number} ${pullRequest.title}`).join("\n");
    throw problem("push_refused", `This push fits several of your open pull requests:\n${list}`, {
      next: "Say which: git push -o pr=<number> origin HEAD:refs/for/main",
    });
  }
  return fitting[0] ?? null;
}

function isSameChange(pushed: readonly PatchSetCommit[], known: readonly PatchSetCommit[]): boolean {
  const ids = new Set(known.map((commit) => commit.id));
  if (pushed.some((commit) => ids.has(commit.id))) return true;
  // Listed newest first: the first commit of the change is the last one.
  const first = pushed.at(-1)?.subject;
  return first !== undefined && first !== "" && first === known.at(-1)?.subject;
}
