import { auditCounts, auditEvents } from "./fixtures/audit.ts";
import { controlCatalogues, controlReport, rules } from "./fixtures/controls.ts";
import { clients, environmentReport, scopes } from "./fixtures/clients.ts";
import { driftCase, driftCases } from "./fixtures/drift.ts";
import { files } from "./fixtures/files.ts";
import { overview } from "./fixtures/overview.ts";
import { me, people, runners, tokens, tools } from "./fixtures/people.ts";
import { backupFinding, databaseProdPlan, encryptionFinding, planText, smallPlan } from "./fixtures/plans.ts";
import { comments, timeline } from "./fixtures/conversation.ts";
import { pullRequest, pullRequests } from "./fixtures/pull-requests.ts";
import { repositoryFileOf } from "./fixtures/repository-files.ts";
import { log, runOf, runs } from "./fixtures/runs.ts";
import { scorecardsOf } from "./fixtures/scorecards.ts";
import { channels, credentials, notifications, variables } from "./fixtures/settings.ts";
import { knownFindings, replay, waivers } from "./fixtures/waivers.ts";
import { parity } from "./fixtures/parity.ts";
import { stateResources, valuesOf } from "./fixtures/values.ts";
import { stateDiff, workspaceOf } from "./fixtures/workspace.ts";
import { commits, repository, workspaces } from "./fixtures/workspaces.ts";

/** What a request asks for. */
export interface Asked {
  params: Record<string, string>;
  query: Record<string, string>;
  body: unknown;
}

function plans({ query }: Asked) {
  const items = pullRequest.affected
    .filter(
      ({ workspace, run }) => run !== null && (query["workspace"] === undefined || query["workspace"] === workspace),
    )
    .map(({ workspace, run, digest }) => ({
      workspace,
      run,
      digest,
      plan: workspace === "database/prod" ? databaseProdPlan : smallPlan,
      findings: workspace === "database/prod" ? [encryptionFinding, backupFinding] : [],
      judgementFailures: [],
      text: planText,
    }));
  return { items };
}

function pullRequestOf(number: number) {
  const summary = pullRequests.find((item) => item.number === number);
  return summary === undefined ? undefined : { ...pullRequest, ...summary };
}

const only = <Item>(items: Item[], asked: Asked, ...keys: (keyof Item & string)[]) => ({
  items: items.filter((item) =>
    keys.every((key) => asked.query[key] === undefined || String(item[key]) === asked.query[key]),
  ),
  cursor: null,
});

/** The answer of each endpoint, by its id; undefined is a 404. */
export const answers: Record<string, (asked: Asked) => unknown> = {
  whoAmI: () => me,
  signIn: () => me,
  getSetUp: () => ({ needed: false }),
  getOverview: () => overview,
  listClients: () => ({ items: clients }),
  getScope: () => ({ items: scopes }),
  getEnvironmentReport: () => environmentReport,
  listRepositories: () => ({ items: [repository] }),
  getRepositoryFile: ({ params, query }) =>
    repositoryFileOf(params["repository"] ?? "", query["path"] ?? "", query["commit"]),
  listMainCommits: () => ({ items: commits }),
  listPullRequests: (asked) => only(pullRequests, asked, "status", "waitsForMe"),
  getPullRequest: ({ params }) => pullRequestOf(Number(params["number"])),
  listPullRequestPlans: plans,
  listChangedFiles: () => ({ items: files }),
  listComments: () => ({ items: comments }),
  addComment: () => comments[1],
  getTimeline: () => ({ items: timeline }),
  getReplay: () => replay,
  openPullRequest: () => pullRequest,
  approvePullRequest: () => pullRequest,
  withdrawApproval: () => pullRequest,
  mergePullRequest: () => pullRequest,
  closePullRequest: () => pullRequest,
  replanPullRequest: () => pullRequest,
  revertPullRequest: () => pullRequestOf(130),
  setTicket: () => pullRequest,
  promote: () => pullRequestOf(131),
  listRuns: (asked) => only(runs, asked, "status", "kind", "workspace", "environment"),
  getRun: ({ params }) => runOf(Number(params["number"])),
  getRunLog: ({ params }) => ({ lines: log, ended: params["number"] !== "1893" }),
  cancelRun: ({ params }) => runOf(Number(params["number"])),
  retryRun: ({ params }) => runOf(Number(params["number"])),
  listWorkspaces: (asked) => {
    const search = asked.query["search"] ?? "";
    const named = workspaces.filter(({ name }) => name.includes(search));
    const found = only(named, asked, "environment", "state");
    const inSync = found.items.filter(({ state }) => state === "in_sync").length;
    return { ...found, total: found.items.length, inSync };
  },
  getWorkspace: ({ params }) => workspaceOf(params["workspace"] ?? ""),
  confirmStopped: ({ params }) => workspaceOf(params["workspace"] ?? ""),
  listWorkspaceValues: ({ params }) => valuesOf(params["workspace"] ?? ""),
  getParity: () => parity,
  listStateVersions: ({ params }) => ({
    items: workspaceOf(params["workspace"] ?? "")?.stateVersions ?? [],
    cursor: null,
  }),
  listStateResources: ({ params, query }) => stateResources(params["workspace"] ?? "", query),
  diffStates: ({ query }) => ({ ...stateDiff, from: Number(query["from"]), to: Number(query["to"]) }),
  checkDrift: () => runs[4],
  listDriftCases: (asked) => only(driftCases, asked, "status", "workspace"),
  getDriftCase: ({ params }) => {
    const summary = driftCases.find((item) => item.number === Number(params["number"]));
    return summary === undefined ? undefined : { ...driftCase, ...summary };
  },
  revertDrift: () => pullRequestOf(130),
  listControlCatalogues: () => ({ items: controlCatalogues }),
  getControlProgress: () => ({ progress: null }),
  getControlReport: () => controlReport,
  listRules: () => ({ items: rules }),
  getRule: () => rules[0],
  listWaivers: () => ({ items: waivers, problems: [], owners: { "shop-infrastructure": ["@katharina"] } }),
  listScorecards: ({ query }) => scorecardsOf(query["cursor"]),
  listKnownFindings: () => ({ items: knownFindings, cursor: null }),
  listAuditEvents: (asked) => {
    const found = auditEvents.filter(
      ({ actor, workspace }) =>
        (asked.query["actor"] === undefined || actor.name === asked.query["actor"]) &&
        (asked.query["workspace"] === undefined || workspace === asked.query["workspace"]),
    );
    const from = Number(asked.query["cursor"] ?? 0);
    const next = from + 25;
    return { items: found.slice(from, next), cursor: next < found.length ? String(next) : null };
  },
  getAuditEvent: ({ params }) => auditEvents.find(({ sequence }) => sequence === Number(params["number"])),
  countAuditEvents: () => auditCounts,
  listPeople: () => ({ items: people }),
  createPerson: () => people[0],
  changePerson: () => people[0],
  listTokens: () => ({ items: tokens }),
  createToken: () => ({ token: "plumb_fixture_value_shown_once", details: tokens[0] }),
  listRunners: () => ({ items: runners, queued: 2 }),
  createRunner: () => ({ token: "runner_fixture_value_shown_once", runner: runners[0] }),
  listTools: () => tools,
  acceptTool: () => tools.items[0],
  listChannels: () => ({ items: channels }),
  createChannel: () => channels[0],
  listNotifications: () => ({ items: notifications }),
  listCredentials: () => ({ items: credentials }),
  setCredential: () => credentials[0],
  listVariables: () => ({ items: variables }),
  setVariable: () => ({ version: 4, pullRequest: pullRequestOf(131) }),
};
