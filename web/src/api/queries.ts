import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "./call.ts";
import type { InputOf } from "./endpoints.ts";

/** What the pages read. Each query declares the live topics that make it stale. */
export const meQuery = () =>
  queryOptions({ queryKey: ["me"], queryFn: ({ signal }) => call("whoAmI", {}, signal), staleTime: 300_000 });

export const overviewQuery = (repository?: string) =>
  queryOptions({
    queryKey: ["overview", repository],
    queryFn: ({ signal }) => call("getOverview", { query: { repository } }, signal),
    meta: { topics: ["overview", "workspace:*", "run:*", "pull-request:*", "drift-case:*"] },
    placeholderData: keepPreviousData,
  });

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

export const pullRequestsQuery = (query: Omit<NonNullable<InputOf<"listPullRequests">["query"]>, "cursor">) =>
  infiniteQueryOptions({
    queryKey: ["pull-requests", query],
    queryFn: ({ pageParam, signal }) =>
      call("listPullRequests", { query: { ...query, ...(pageParam === null ? {} : { cursor: pageParam }) } }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.cursor,
    meta: { topics: ["pull-request:*"] },
    placeholderData: keepPreviousData,
  });

export const pullRequestQuery = (number: number) =>
  queryOptions({
    queryKey: ["pull-request", number],
    queryFn: ({ signal }) => call("getPullRequest", { params: { number } }, signal),
    meta: { topics: [`pull-request:${number}`] },
  });

export const plansQuery = (number: number, workspace: string) =>
  queryOptions({
    queryKey: ["pull-request", number, "plans", workspace],
    queryFn: ({ signal }) => call("listPullRequestPlans", { params: { number }, query: { workspace } }, signal),
    meta: { topics: [`pull-request:${number}`] },
    placeholderData: keepPreviousData,
  });

export const filesQuery = (number: number) =>
  queryOptions({
    queryKey: ["pull-request", number, "files"],
    queryFn: ({ signal }) => call("listChangedFiles", { params: { number } }, signal),
    meta: { topics: [`pull-request:${number}`] },
  });

export const comparisonQuery = (number: number, from: number, to: number) =>
  queryOptions({
    queryKey: ["pull-request", number, "comparison", from, to],
    queryFn: ({ signal }) => call("comparePatchSets", { params: { number }, query: { from, to } }, signal),
    meta: { topics: [`pull-request:${number}`] },
    placeholderData: keepPreviousData,
  });

export const commentsQuery = (number: number) =>
  queryOptions({
    queryKey: ["pull-request", number, "comments"],
    queryFn: ({ signal }) => call("listComments", { params: { number } }, signal),
    meta: { topics: [`pull-request:${number}`] },
  });

export const timelineQuery = (number: number) =>
  queryOptions({
    queryKey: ["pull-request", number, "timeline"],
    queryFn: ({ signal }) => call("getTimeline", { params: { number } }, signal),
    meta: { topics: [`pull-request:${number}`] },
  });

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

/** Rows of a large matrix, as main declares them, page by page. */
export const matrixQuery = (repository?: string) =>
  infiniteQueryOptions({
    queryKey: ["overview", repository, "rows"],
    queryFn: ({ pageParam, signal }) => call("getOverview", { query: { repository, from: pageParam } }, signal),
    initialPageParam: 0,
    getNextPageParam: (last) => last.matrix.next,
    meta: { topics: ["overview", "workspace:*", "run:*", "drift-case:*"] },
    placeholderData: keepPreviousData,
  });

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

export const peopleQuery = () =>
  queryOptions({ queryKey: ["people"], queryFn: ({ signal }) => call("listPeople", {}, signal) });

export const tokensQuery = () =>
  queryOptions({ queryKey: ["tokens"], queryFn: ({ signal }) => call("listTokens", {}, signal) });

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

export const policyRepositoryQuery = () =>
  queryOptions({ queryKey: ["policy-repository"], queryFn: ({ signal }) => call("getPolicyRepository", {}, signal) });

export const channelsQuery = () =>
  queryOptions({ queryKey: ["channels"], queryFn: ({ signal }) => call("listChannels", {}, signal) });

export const notificationsQuery = () =>
  queryOptions({ queryKey: ["notifications"], queryFn: ({ signal }) => call("listNotifications", {}, signal) });

export const credentialsQuery = () =>
  queryOptions({ queryKey: ["credentials"], queryFn: ({ signal }) => call("listCredentials", {}, signal) });

export const variablesQuery = (repository: string) =>
  queryOptions({
    queryKey: ["variables", repository],
    queryFn: ({ signal }) => call("listVariables", { query: { repository } }, signal),
    meta: { topics: ["overview"] },
  });

/** The plans of all affected workspaces at once: for showing findings on changed lines. */
export const allPlansQuery = (number: number) =>
  queryOptions({
    queryKey: ["pull-request", number, "plans"],
    queryFn: ({ signal }) => call("listPullRequestPlans", { params: { number } }, signal),
    meta: { topics: [`pull-request:${number}`] },
  });

export const waiversQuery = (repository: string | undefined) =>
  queryOptions({
    queryKey: ["waivers", repository],
    queryFn: ({ signal }) => call("listWaivers", { query: { repository } }, signal),
    meta: { topics: ["overview"] },
  });

export const knownFindingsQuery = (repository: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ["known-findings", repository],
    queryFn: ({ pageParam, signal }) =>
      call(
        "listKnownFindings",
        { query: { repository, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.cursor,
    meta: { topics: ["workspace:*"] },
    placeholderData: keepPreviousData,
  });

export const rulesQuery = (repository: string) =>
  queryOptions({
    queryKey: ["rules", repository],
    queryFn: ({ signal }) => call("listRules", { query: { repository } }, signal),
    meta: { topics: ["overview"] },
  });

export const ruleQuery = (rule: string, repository: string) =>
  queryOptions({
    queryKey: ["rules", repository, rule],
    queryFn: ({ signal }) => call("getRule", { params: { rule }, query: { repository } }, signal),
    placeholderData: keepPreviousData,
  });

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

export const scorecardsQuery = (repository: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ["scorecards", repository],
    queryFn: ({ pageParam, signal }) =>
      call("listScorecards", { query: { repository, ...(pageParam === null ? {} : { cursor: pageParam }) } }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.cursor,
    meta: { topics: ["workspace:*"] },
    placeholderData: keepPreviousData,
  });

export const replayQuery = (number: number) =>
  queryOptions({
    queryKey: ["pull-request", number, "replay"],
    queryFn: ({ signal }) => call("getReplay", { params: { number } }, signal),
    meta: { topics: [`pull-request:${number}`] },
  });

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
