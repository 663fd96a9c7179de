import { queryOptions } from "@tanstack/react-query";
import { call } from "../call.ts";

export const credentialsQuery = () =>
  queryOptions({ queryKey: ["credentials"], queryFn: ({ signal }) => call("listCredentials", {}, signal) });

export const variablesQuery = (repository: string) =>
  queryOptions({
    queryKey: ["variables", repository],
    queryFn: ({ signal }) => call("listVariables", { query: { repository } }, signal),
    meta: { topics: ["overview"] },
  });
