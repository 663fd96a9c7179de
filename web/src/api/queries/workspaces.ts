import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "../call.ts";
import type { InputOf } from "../endpoints.ts";

export const workspacesQuery = (query: Omit<NonNullable<InputOf<"listWorkspaces">["query"]>, "cursor">) =>
  infiniteQueryOptions({
    queryKey: ["workspaces", query, "pages"],
    queryFn: ({ pageParam, signal }) =>
      call("listWorkspaces", { query: { ...query, ...(pageParam === null ? {} : { cursor: pageParam }) } }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.cursor,
    meta: { topics: ["overview", "workspace:*"] },
    placeholderData: keepPreviousData,
  });

/** The first of the workspaces that are found. */
export const foundWorkspacesQuery = (query: Omit<NonNullable<InputOf<"listWorkspaces">["query"]>, "cursor">) =>
  queryOptions({
    queryKey: ["workspaces", query],
    queryFn: ({ signal }) => call("listWorkspaces", { query }, signal),
    meta: { topics: ["overview", "workspace:*"] },
    placeholderData: keepPreviousData,
  });

/** What is told of changes of a workspace, which may be named with its repository. */
const topicOf = (workspace: string) => `workspace:${workspace.slice(workspace.indexOf(":") + 1)}`;

export const workspaceQuery = (workspace: string) =>
  queryOptions({
    queryKey: ["workspace", workspace],
    queryFn: ({ signal }) => call("getWorkspace", { params: { workspace } }, signal),
    meta: { topics: [topicOf(workspace)] },
  });

export const workspaceValuesQuery = (workspace: string) =>
  queryOptions({
    queryKey: ["workspace", workspace, "values"],
    queryFn: ({ signal }) => call("listWorkspaceValues", { params: { workspace } }, signal),
    meta: { topics: [topicOf(workspace), "overview"] },
  });

export const parityQuery = (query: { repository?: string | undefined; component?: string | undefined }) =>
  infiniteQueryOptions({
    queryKey: ["parity", query],
    queryFn: ({ pageParam, signal }) =>
      call("getParity", { query: { ...query, ...(pageParam === null ? {} : { cursor: pageParam }) } }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.cursor,
    meta: { topics: ["overview", "workspace:*"] },
    placeholderData: keepPreviousData,
  });

export const stateVersionsQuery = (workspace: string) =>
  infiniteQueryOptions({
    queryKey: ["workspace", workspace, "state-versions"],
    queryFn: ({ pageParam, signal }) =>
      call(
        "listStateVersions",
        { params: { workspace }, query: pageParam === null ? {} : { cursor: pageParam } },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.cursor,
    meta: { topics: [topicOf(workspace)] },
    placeholderData: keepPreviousData,
  });

/** What a state held: at a version, at an instant, or now. */
export const stateResourcesQuery = (workspace: string, when: { version?: number; at?: string }) =>
  queryOptions({
    queryKey: ["workspace", workspace, "state-resources", when],
    queryFn: ({ signal }) => call("listStateResources", { params: { workspace }, query: when }, signal),
    meta: { topics: [topicOf(workspace)] },
    placeholderData: keepPreviousData,
  });

export const stateDiffQuery = (workspace: string, from: number, to: number) =>
  queryOptions({
    queryKey: ["state-diff", workspace, from, to],
    queryFn: ({ signal }) => call("diffStates", { params: { workspace }, query: { from, to } }, signal),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
