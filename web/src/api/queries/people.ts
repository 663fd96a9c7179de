import { queryOptions } from "@tanstack/react-query";
import { call } from "../call.ts";

export const meQuery = () =>
  queryOptions({ queryKey: ["me"], queryFn: ({ signal }) => call("whoAmI", {}, signal), staleTime: 300_000 });

export const peopleQuery = () =>
  queryOptions({ queryKey: ["people"], queryFn: ({ signal }) => call("listPeople", {}, signal) });

export const tokensQuery = () =>
  queryOptions({ queryKey: ["tokens"], queryFn: ({ signal }) => call("listTokens", {}, signal) });
