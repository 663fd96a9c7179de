import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "../call.ts";

export const controlCataloguesQuery = () =>
  queryOptions({
    queryKey: ["control-catalogues"],
    queryFn: ({ signal }) => call("listControlCatalogues", {}, signal),
    staleTime: 60_000,
  });

/** How far the report is that one waits for: asked again each second while somebody looks. */
export const controlProgressQuery = () =>
  queryOptions({
    queryKey: ["control-progress"],
    queryFn: ({ signal }) => call("getControlProgress", {}, signal),
    refetchInterval: 1_000,
    gcTime: 0,
    retry: false,
  });

export const controlReportQuery = (catalogue: string) =>
  queryOptions({
    queryKey: ["control-catalogues", catalogue],
    queryFn: ({ signal }) => call("getControlReport", { params: { catalogue }, query: {} }, signal),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
