import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "../call.ts";
import type { InputOf } from "../endpoints.ts";

export const clientsQuery = () =>
  queryOptions({
    queryKey: ["clients"],
    queryFn: ({ signal }) => call("listClients", {}, signal),
    meta: { topics: ["overview", "workspace:*", "drift-case:*"] },
  });

export const scopeQuery = (query: NonNullable<InputOf<"getScope">["query"]>) =>
  queryOptions({
    queryKey: ["scope", query],
    queryFn: ({ signal }) => call("getScope", { query }, signal),
    meta: { topics: ["workspace:*"] },
    placeholderData: keepPreviousData,
  });

export const environmentReportQuery = (query: InputOf<"getEnvironmentReport">["query"]) =>
  queryOptions({
    queryKey: ["environment-report", query],
    queryFn: ({ signal }) => call("getEnvironmentReport", { query }, signal),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
