import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "../call.ts";
import type { InputOf } from "../endpoints.ts";

export const driftCasesQuery = (query: Omit<NonNullable<InputOf<"listDriftCases">["query"]>, "cursor">) =>
  infiniteQueryOptions({
    queryKey: ["drift-cases", query],
    queryFn: ({ pageParam, signal }) =>
      call("listDriftCases", { query: { ...query, ...(pageParam === null ? {} : { cursor: pageParam }) } }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.cursor,
    meta: { topics: ["drift-case:*"] },
    placeholderData: keepPreviousData,
  });

export const driftCaseQuery = (number: number) =>
  queryOptions({
    queryKey: ["drift-case", number],
    queryFn: ({ signal }) => call("getDriftCase", { params: { number } }, signal),
    meta: { topics: [`drift-case:${number}`] },
  });
