import * as contract from "@plumbline/contract";
import type { Action, Endpoint, Role } from "@plumbline/contract";
import { matrix, scopeActions } from "@plumbline/contract";
import { afterAll, describe, expect, test } from "vitest";
import { startTestServer } from "./testing/test-server.ts";

/**
 * Every route with every role. What a route needs is written down here once more, apart from the code, so that a use
 * case that forgets its check is found. `null`: whoever is signed in.
 */
const needs: Record<string, Action | null> = {
  getSetUp: null,
  openSetUp: null,
  setUp: null,
  signIn: null,
  signOut: null,
  whoAmI: null,
  listTokens: null,
  createToken: null,
  revokeToken: null,
  listPeople: "organization.read",
  createPerson: "people.administer",
  changePerson: "people.administer",
  listRepositories: "repository.read",
  createRepository: "repository.create",
  getConfigurationSchema: null,
  listMainCommits: "repository.read",
  getRepositoryFile: "repository.read",
  listPullRequests: "repository.read",
  getPullRequest: "repository.read",
  listPullRequestPlans: "repository.read",
  listChangedFiles: "repository.read",
  comparePatchSets: "repository.read",
  listComments: "repository.read",
  addComment: "pull_request.comment",
  getTimeline: "repository.read",
  getReplay: "repository.read",
  getPolicyRepository: "repository.read",
  setPolicyRepository: "organization.administer",
  openPullRequest: "environment.propose",
  approvePullRequest: null,
  withdrawApproval: null,
  mergePullRequest: null,
  closePullRequest: null,
  replanPullRequest: null,
  revertPullRequest: "environment.propose",
  setTicket: null,
  promote: "environment.propose",
  listRuns: "environment.read",
  getRun: "environment.read",
  getRunLog: "environment.read",
  streamRunLog: "environment.read",
  cancelRun: null,
  retryRun: null,
  listWorkspaces: "environment.read",
  getWorkspace: "environment.read",
  listWorkspaceValues: "environment.read",
  getParity: "environment.read",
  confirmStopped: "environment.operate",
  listStateVersions: "environment.read",
  listStateResources: "environment.read",
  downloadState: "state.read",
  diffStates: "environment.read",
  importState: "state.import",
  listVariables: "environment.read",
  setVariable: "variable.set",
  listCredentials: "credential.administer",
  setCredential: "credential.administer",
  listWaivers: "repository.read",
  listKnownFindings: "environment.read",
  listScorecards: "environment.read",
  listRules: "repository.read",
  getRule: "repository.read",
  listControlCatalogues: "environment.read",
  getControlProgress: "environment.read",
  getControlReport: "environment.read",
  exportControlReport: "environment.read",
  listClients: "environment.read",
  getScope: "environment.read",
  getEnvironmentReport: "environment.read",
  exportEnvironmentReport: "environment.read",
  listDriftCases: "environment.read",
  getDriftCase: "environment.read",
  checkDrift: null,
  revertDrift: "environment.propose",
  listAuditEvents: "audit.read",
  getAuditEvent: "audit.read",
  exportAuditEvents: "audit.read",
  countAuditEvents: "audit.read",
  listRunners: "organization.read",
  createRunner: "runner.administer",
  revokeRunner: "runner.administer",
  listTools: "organization.read",
  acceptTool: "runner.administer",
  withdrawTool: "runner.administer",
  listChannels: "organization.read",
  createChannel: "notification.administer",
  deleteChannel: "notification.administer",
  listNotifications: "organization.read",
  getOverview: "organization.read",
  streamEvents: "organization.read",
};

const roles = Object.keys(matrix) as Role[];
const server = await startTestServer();
afterAll(() => server.stop());

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === "object" && value !== null && "method" in value && "path" in value && "auth" in value;
}
const endpoints = Object.values(contract as Record<string, unknown>).filter(isEndpoint);

/** A well-formed body or query for each that needs one; about things that do not exist, or of another organization. */
function input(endpoint: Endpoint): { query?: object; body?: object; params: Record<string, string> } {
  const params = {
    number: "1",
    workspace: "network/prod",
    id: "01900000-0000-7000-8000-000000000000",
    name: "nobody",
    phase: "plan",
    repository: "shop",
    catalogue: "cis-aws-5.0",
    format: "csv",
    rule: "aws-rds-public",
    hash: "0".repeat(64),
  };
  const bodies: Record<string, object> = {
    createToken: { name: "t", scopes: ["read"] },
    createPerson: { name: "new-person", displayName: "x", roles: [] },
    changePerson: { displayName: "x" },
    createRepository: { name: "another" },
    setPolicyRepository: { repository: null },
    addComment: { body: "x" },
    openPullRequest: { repository: "shop", purpose: "change", title: "x", workspaces: ["network/prod"] },
    approvePullRequest: { meaning: "x", digests: [] },
    setTicket: { ticket: "A-1" },
    promote: { repository: "shop", environments: ["prod"] },
    confirmStopped: { statement: "nothing runs any more" },
    setVariable: { repository: "shop", environment: "prod", component: "common", name: "x", value: "y" },
    setCredential: { variables: {} },
    revertDrift: {},
    createRunner: { name: "another", environments: ["*"] },
    acceptTool: {
      name: "terraform",
      version: "1.11.4",
      platform: "linux_amd64",
      sha256: "a".repeat(64),
      source: "x",
      archive: null,
    },
    createChannel: { name: "c", kind: "webhook", target: "https://192.0.2.1/", events: ["applied"] },
  };
  const queries: Record<string, object> = {
    diffStates: { from: 0, to: 1 },
    comparePatchSets: { from: 1, to: 2 },
    getEnvironmentReport: { environments: "prod" },
    exportEnvironmentReport: { environments: "prod" },
    listVariables: { repository: "shop" },
    getRepositoryFile: { path: "plumbline.yaml" },
    listRules: { repository: "shop" },
    getRule: { repository: "shop" },
  };
  const body = bodies[endpoint.id];
  const query = queries[endpoint.id];
  return { params, ...(query === undefined ? {} : { query }), ...(body === undefined ? {} : { body }) };
}

async function status(endpoint: Endpoint, headers: Record<string, string>): Promise<{ status: number; code: string }> {
  const { method, path, body } = contract.buildRequest(endpoint, input(endpoint));
  // A stream never ends; whether it begins is what matters.
  const stream = endpoint.produces === "text/event-stream";
  const controller = new AbortController();
  const response = await fetch(server.url + path, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body }),
    signal: controller.signal,
  });
  if (stream && response.ok) {
    controller.abort();
    return { status: response.status, code: "" };
  }
  const text = await response.text();
  const code = response.ok || text === "" ? "" : String((JSON.parse(text) as { code?: string }).code);
  return { status: response.status, code };
}

test("every route of the contract stands in the table, and the table has no other", () => {
  expect(endpoints.map(({ id }) => id).sort()).toEqual(Object.keys(needs).sort());
});

test.each(endpoints.filter(({ auth }) => auth === "person").map((endpoint) => [endpoint.id, endpoint] as const))(
  "%s: nobody gets in without signing in",
  async (_id, endpoint) => {
    expect(await status(endpoint, {})).toEqual({ status: 401, code: "not_signed_in" });
    expect((await status(endpoint, { authorization: "Bearer plt_wrong" })).status).toBe(401);
  },
);

/** What became of a call, as far as rights go. */
function verdict(answer: { status: number; code: string }): "refused" | "let in" | "broken" {
  if (answer.status >= 500) return "broken";
  return answer.status === 403 && answer.code === "not_allowed" ? "refused" : "let in";
}

const withNeeds = endpoints.flatMap((endpoint) => {
  const need = needs[endpoint.id];
  return need === null || need === undefined ? [] : [[endpoint.id, endpoint, need] as const];
});
const withoutNeeds = endpoints.filter(({ id, auth }) => needs[id] === null && auth === "person" && id !== "signOut");

describe.each(roles)("a %s", (role) => {
  test.each(withNeeds)("%s", async (_id, endpoint, need) => {
    const answer = await status(endpoint, await server.credentials(role));
    expect(verdict(answer)).toBe(matrix[role].includes(need) ? "let in" : "refused");
  });

  test.each(withoutNeeds.map((endpoint) => [endpoint.id, endpoint] as const))(
    "%s does not break",
    async (_id, endpoint) => {
      expect(verdict(await status(endpoint, await server.credentials(role)))).not.toBe("broken");
    },
  );
});

test.each(withNeeds.filter(([, , need]) => !scopeActions.read.includes(need)))(
  "%s: a token of the narrowest scope does no more than that scope",
  async (_id, endpoint) => {
    const answer = await status(endpoint, await server.credentials("administrator", ["read"]));
    expect(verdict(answer)).toBe("refused");
  },
);

test("another organization's things are not there", async () => {
  const foreign = await server.foreignAdministrator();
  const found: unknown[] = [];
  // Catalogues of controls are the same for everybody; what is judged in them is not. Every audit log has an entry 1.
  const named = endpoints.filter(
    ({ id, path, method }) =>
      path.includes(":") && !path.includes(":catalogue") && id !== "getAuditEvent" && method === "GET",
  );
  for (const endpoint of named) {
    const answer = await status(endpoint, foreign);
    if (answer.status !== 404) found.push([endpoint.id, answer.status]);
  }
  expect(found).toEqual([]);
});
