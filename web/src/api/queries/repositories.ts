import { queryOptions } from "@tanstack/react-query";
import { call } from "../call.ts";

export const repositoriesQuery = () =>
  queryOptions({
    queryKey: ["repositories"],
    queryFn: ({ signal }) => call("listRepositories", {}, signal),
    meta: { topics: ["overview"] },
  });

/** A file of main is read anew when main moves; one of a commit never changes. */
export const repositoryFileQuery = (repository: string, query: { path: string; commit?: string }) =>
  queryOptions({
    queryKey: ["repository-file", repository, query],
    queryFn: ({ signal }) => call("getRepositoryFile", { params: { repository }, query }, signal),
    ...(query.commit === undefined ? { meta: { topics: ["overview"] } } : { staleTime: Infinity }),
  });

export const mainCommitsQuery = (repository: string) =>
  queryOptions({
    queryKey: ["main-commits", repository],
    queryFn: ({ signal }) => call("listMainCommits", { params: { repository } }, signal),
    meta: { topics: ["overview"] },
  });

export const policyRepositoryQuery = () =>
  queryOptions({ queryKey: ["policy-repository"], queryFn: ({ signal }) => call("getPolicyRepository", {}, signal) });
