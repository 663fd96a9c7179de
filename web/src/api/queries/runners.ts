import { queryOptions } from "@tanstack/react-query";
import { call } from "../call.ts";

export const runnersQuery = () =>
  queryOptions({
    queryKey: ["runners"],
    queryFn: ({ signal }) => call("listRunners", {}, signal),
    meta: { topics: ["runners"] },
  });

export const toolsQuery = () =>
  queryOptions({
    queryKey: ["tools"],
    queryFn: ({ signal }) => call("listTools", {}, signal),
    meta: { topics: ["runners"] },
  });
