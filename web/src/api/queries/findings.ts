import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "../call.ts";

export const waiversQuery = (repository: string | undefined) =>
  queryOptions({
    queryKey: ["waivers", repository],
    queryFn: ({ signal }) => call("listWaivers", { query: { repository } }, signal),
    meta: { topics: ["overview"] },
  });

export const knownFindingsQuery = (repository: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ["known-findings", repository],
    queryFn: ({ pageParam, signal }) =>
      call(
        "listKnownFindings",
        { query: { repository, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.cursor,
    meta: { topics: ["workspace:*"] },
    placeholderData: keepPreviousData,
  });

export const rulesQuery = (repository: string) =>
  queryOptions({
    queryKey: ["rules", repository],
    queryFn: ({ signal }) => call("listRules", { query: { repository } }, signal),
    meta: { topics: ["overview"] },
  });

export const ruleQuery = (rule: string, repository: string) =>
  queryOptions({
    queryKey: ["rules", repository, rule],
    queryFn: ({ signal }) => call("getRule", { params: { rule }, query: { repository } }, signal),
    placeholderData: keepPreviousData,
  });

export const scorecardsQuery = (repository: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ["scorecards", repository],
    queryFn: ({ pageParam, signal }) =>
      call("listScorecards", { query: { repository, ...(pageParam === null ? {} : { cursor: pageParam }) } }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.cursor,
    meta: { topics: ["workspace:*"] },
    placeholderData: keepPreviousData,
  });
