import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "../call.ts";

export const overviewQuery = (repository?: string) =>
  queryOptions({
    queryKey: ["overview", repository],
    queryFn: ({ signal }) => call("getOverview", { query: { repository } }, signal),
    meta: { topics: ["overview", "workspace:*", "run:*", "pull-request:*", "drift-case:*"] },
    placeholderData: keepPreviousData,
  });

/** Rows of a large matrix, as main declares them, page by page. */
export const matrixQuery = (repository?: string) =>
  infiniteQueryOptions({
    queryKey: ["overview", repository, "rows"],
    queryFn: ({ pageParam, signal }) => call("getOverview", { query: { repository, from: pageParam } }, signal),
    initialPageParam: 0,
    getNextPageParam: (last) => last.matrix.next,
    meta: { topics: ["overview", "workspace:*", "run:*", "drift-case:*"] },
    placeholderData: keepPreviousData,
  });
