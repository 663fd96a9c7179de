import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "../call.ts";
import type { InputOf } from "../endpoints.ts";

export const runsQuery = (query: Omit<NonNullable<InputOf<"listRuns">["query"]>, "cursor">) =>
  infiniteQueryOptions({
    queryKey: ["runs", query],
    queryFn: ({ pageParam, signal }) =>
      call("listRuns", { query: { ...query, ...(pageParam === null ? {} : { cursor: pageParam }) } }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.cursor,
    meta: { topics: ["run:*"] },
    placeholderData: keepPreviousData,
  });

export const runQuery = (number: number) =>
  queryOptions({
    queryKey: ["run", number],
    queryFn: ({ signal }) => call("getRun", { params: { number } }, signal),
    meta: { topics: [`run:${number}`] },
  });
