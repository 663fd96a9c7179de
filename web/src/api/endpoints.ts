import type * as contract from "@plumbline/contract/api/index";
import type { BodyOf, ParamsOf, QueryOf, ResponseOf } from "@plumbline/contract/endpoint";

type Contract = typeof contract;

/**
 * Method and path of the endpoints the pages use. Types come from the contract; the two strings are repeated here
 * because importing the contract's objects would put their schemas into the first page. `endpoints.test.ts` compares
 * the table with the contract.
 */
export const endpoints = {
  acceptTool: "POST /api/v1/tools",
  addComment: "POST /api/v1/pull-requests/:number/comments",
  approvePullRequest: "POST /api/v1/pull-requests/:number/approvals",
  cancelRun: "POST /api/v1/runs/:number/cancel",
  changePerson: "PATCH /api/v1/people/:name",
  checkDrift: "POST /api/v1/workspaces/:workspace/drift-checks",
  closePullRequest: "POST /api/v1/pull-requests/:number/close",
  comparePatchSets: "GET /api/v1/pull-requests/:number/comparison",
  confirmStopped: "POST /api/v1/workspaces/:workspace/confirm-stopped",
  createChannel: "POST /api/v1/notification-channels",
  createPerson: "POST /api/v1/people",
  createRepository: "POST /api/v1/repositories",
  createRunner: "POST /api/v1/runners",
  createToken: "POST /api/v1/tokens",
  deleteChannel: "DELETE /api/v1/notification-channels/:id",
  diffStates: "GET /api/v1/workspaces/:workspace/state-diff",
  getAuditEvent: "GET /api/v1/audit-events/:number",
  getControlProgress: "GET /api/v1/control-catalogues/progress",
  getControlReport: "GET /api/v1/control-catalogues/:catalogue/report",
  getDriftCase: "GET /api/v1/drift-cases/:number",
  getEnvironmentReport: "GET /api/v1/environment-report",
  getOverview: "GET /api/v1/overview",
  getPolicyRepository: "GET /api/v1/organization/policy-repository",
  getParity: "GET /api/v1/parity",
  getPullRequest: "GET /api/v1/pull-requests/:number",
  getReplay: "GET /api/v1/pull-requests/:number/replay",
  getRule: "GET /api/v1/rules/:rule",
  getRun: "GET /api/v1/runs/:number",
  getRunLog: "GET /api/v1/runs/:number/log",
  getScope: "GET /api/v1/scope",
  getSetUp: "GET /api/v1/set-up",
  getTimeline: "GET /api/v1/pull-requests/:number/timeline",
  getWorkspace: "GET /api/v1/workspaces/:workspace",
  importState: "POST /api/v1/workspaces/:workspace/state-import",
  listAuditEvents: "GET /api/v1/audit-events",
  countAuditEvents: "GET /api/v1/audit-events/counts",
  listChangedFiles: "GET /api/v1/pull-requests/:number/files",
  listChannels: "GET /api/v1/notification-channels",
  listClients: "GET /api/v1/clients",
  listComments: "GET /api/v1/pull-requests/:number/comments",
  listControlCatalogues: "GET /api/v1/control-catalogues",
  listCredentials: "GET /api/v1/credentials",
  listDriftCases: "GET /api/v1/drift-cases",
  listKnownFindings: "GET /api/v1/known-findings",
  getRepositoryFile: "GET /api/v1/repositories/:repository/file",
  listMainCommits: "GET /api/v1/repositories/:repository/commits",
  listNotifications: "GET /api/v1/notifications",
  listPeople: "GET /api/v1/people",
  listPullRequestPlans: "GET /api/v1/pull-requests/:number/plans",
  listPullRequests: "GET /api/v1/pull-requests",
  listRepositories: "GET /api/v1/repositories",
  listRules: "GET /api/v1/rules",
  listRunners: "GET /api/v1/runners",
  listRuns: "GET /api/v1/runs",
  listScorecards: "GET /api/v1/scorecards",
  listStateResources: "GET /api/v1/workspaces/:workspace/state-resources",
  listStateVersions: "GET /api/v1/workspaces/:workspace/state-versions",
  listTokens: "GET /api/v1/tokens",
  listTools: "GET /api/v1/tools",
  listVariables: "GET /api/v1/variables",
  listWaivers: "GET /api/v1/waivers",
  listWorkspaceValues: "GET /api/v1/workspaces/:workspace/values",
  listWorkspaces: "GET /api/v1/workspaces",
  mergePullRequest: "POST /api/v1/pull-requests/:number/merge",
  openPullRequest: "POST /api/v1/pull-requests",
  openSetUp: "POST /api/v1/set-up/secret",
  promote: "POST /api/v1/promotions",
  replanPullRequest: "POST /api/v1/pull-requests/:number/replan",
  retryRun: "POST /api/v1/runs/:number/retry",
  revertDrift: "POST /api/v1/drift-cases/:number/revert",
  revertPullRequest: "POST /api/v1/pull-requests/:number/revert",
  revokeRunner: "DELETE /api/v1/runners/:name",
  revokeToken: "DELETE /api/v1/tokens/:id",
  setCredential: "PUT /api/v1/credentials/:name/:phase",
  setPolicyRepository: "PUT /api/v1/organization/policy-repository",
  setTicket: "PUT /api/v1/pull-requests/:number/ticket",
  setUp: "POST /api/v1/set-up",
  setVariable: "POST /api/v1/variables",
  signIn: "POST /api/v1/session",
  signOut: "DELETE /api/v1/session",
  whoAmI: "GET /api/v1/me",
  withdrawApproval: "DELETE /api/v1/pull-requests/:number/approvals",
  withdrawTool: "DELETE /api/v1/tools/:hash",
} as const satisfies Partial<Record<keyof Contract, string>>;

/** The name of an endpoint the pages use. */
export type EndpointId = keyof typeof endpoints;

type Part<Key extends string, Value> = [Value] extends [undefined]
  ? { [K in Key]?: undefined }
  : object extends Value
    ? { [K in Key]?: Value }
    : { [K in Key]: Value };

/** What a call of the endpoint takes: `params`, `query`, `body`, each where the contract has one. */
export type InputOf<Id extends EndpointId> = Part<"params", ParamsOf<Contract[Id]>> &
  Part<"query", QueryOf<Contract[Id]>> &
  Part<"body", BodyOf<Contract[Id]>>;

/** What the endpoint answers. */
export type AnswerOf<Id extends EndpointId> = ResponseOf<Contract[Id]>;
