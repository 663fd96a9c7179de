import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "../call.ts";
import type { InputOf } from "../endpoints.ts";

export const pullRequestsQuery = (query: Omit<NonNullable<InputOf<"listPullRequests">["query"]>, "cursor">) =>
  infiniteQueryOptions({
    queryKey: ["pull-requests", query],
    queryFn: ({ pageParam, signal }) =>
      call("listPullRequests", { query: { ...query, ...(pageParam === null ? {} : { cursor: pageParam }) } }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.cursor,
    meta: { topics: ["pull-request:*"] },
    placeholderData: keepPreviousData,
  });

export const pullRequestQuery = (number: number) =>
  queryOptions({
    queryKey: ["pull-request", number],
    queryFn: ({ signal }) => call("getPullRequest", { params: { number } }, signal),
    meta: { topics: [`pull-request:${number}`] },
  });

export const plansQuery = (number: number, workspace: string) =>
  queryOptions({
    queryKey: ["pull-request", number, "plans", workspace],
    queryFn: ({ signal }) => call("listPullRequestPlans", { params: { number }, query: { workspace } }, signal),
    meta: { topics: [`pull-request:${number}`] },
    placeholderData: keepPreviousData,
  });

export const filesQuery = (number: number) =>
  queryOptions({
    queryKey: ["pull-request", number, "files"],
    queryFn: ({ signal }) => call("listChangedFiles", { params: { number } }, signal),
    meta: { topics: [`pull-request:${number}`] },
  });

export const comparisonQuery = (number: number, from: number, to: number) =>
  queryOptions({
    queryKey: ["pull-request", number, "comparison", from, to],
    queryFn: ({ signal }) => call("comparePatchSets", { params: { number }, query: { from, to } }, signal),
    meta: { topics: [`pull-request:${number}`] },
    placeholderData: keepPreviousData,
  });

export const commentsQuery = (number: number) =>
  queryOptions({
    queryKey: ["pull-request", number, "comments"],
    queryFn: ({ signal }) => call("listComments", { params: { number } }, signal),
    meta: { topics: [`pull-request:${number}`] },
  });

export const timelineQuery = (number: number) =>
  queryOptions({
    queryKey: ["pull-request", number, "timeline"],
    queryFn: ({ signal }) => call("getTimeline", { params: { number } }, signal),
    meta: { topics: [`pull-request:${number}`] },
  });

/** The plans of all affected workspaces at once: for showing findings on changed lines. */
export const allPlansQuery = (number: number) =>
  queryOptions({
    queryKey: ["pull-request", number, "plans"],
    queryFn: ({ signal }) => call("listPullRequestPlans", { params: { number } }, signal),
    meta: { topics: [`pull-request:${number}`] },
  });

export const replayQuery = (number: number) =>
  queryOptions({
    queryKey: ["pull-request", number, "replay"],
    queryFn: ({ signal }) => call("getReplay", { params: { number } }, signal),
    meta: { topics: [`pull-request:${number}`] },
  });
