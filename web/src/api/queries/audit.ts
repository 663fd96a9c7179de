import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "../call.ts";
import type { InputOf } from "../endpoints.ts";

/** So many entries are shown at first: below them there is room for how many there were over time. */
const firstEntries = 14;

export const auditQuery = (query: Omit<NonNullable<InputOf<"listAuditEvents">["query"]>, "cursor">) =>
  infiniteQueryOptions({
    queryKey: ["audit", query],
    queryFn: ({ pageParam, signal }) =>
      call(
        "listAuditEvents",
        { query: { ...query, ...(pageParam === null ? { limit: firstEntries } : { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.cursor,
    placeholderData: keepPreviousData,
  });

/** An entry never changes. */
export const auditEntryQuery = (number: number) =>
  queryOptions({
    queryKey: ["audit-entry", number],
    queryFn: ({ signal }) => call("getAuditEvent", { params: { number } }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const auditCountsQuery = (query: NonNullable<InputOf<"countAuditEvents">["query"]>) =>
  queryOptions({
    queryKey: ["audit-counts", query],
    queryFn: ({ signal }) => call("countAuditEvents", { query }, signal),
    placeholderData: keepPreviousData,
  });
