/** What a page asks of the API: a name for people, and the path with its query. */
export interface PageRequest {
  name: string;
  path: string;
}

/** Answers JSON of a GET. */
export type Get = (path: string) => Promise<unknown>;

/** Shows an answer of the API: what a list's page and cursor are read from. */
interface Listed {
  items: Record<string, unknown>[];
  cursor?: string | null;
}

const encoded = encodeURIComponent;

/**
 * The reading requests of all pages, with and without filters, and of lists a page far behind the first; the numbers and
 * names come from the lists themselves.
 */
export async function pageRequests(get: Get): Promise<PageRequest[]> {
  const list = async (path: string) => (await get(path)) as Listed;
  const first = async (path: string, field: string) => String((await list(path)).items[0]?.[field]);
  const run = await first("/api/v1/runs?kind=plan&status=finished", "number");
  const apply = await first("/api/v1/runs?kind=apply&status=finished", "number");
  const open = await first("/api/v1/pull-requests?status=open", "number");
  const merged = await first("/api/v1/pull-requests?status=merged", "number");
  const driftCase = await first("/api/v1/drift-cases", "number");
  const workspace = "svc-300/eu-prod";
  const requests: Record<string, string> = {
    "who am I": "/api/v1/me",
    overview: "/api/v1/overview?repository=platform",
    "overview, rows of all": "/api/v1/overview?repository=platform&from=100",
    "overview of a repository with clients": "/api/v1/overview?repository=clients",
    repositories: "/api/v1/repositories",
    "commits of main": "/api/v1/repositories/platform/commits",
    "workspaces of the organization": "/api/v1/workspaces",
    "workspaces of a repository": "/api/v1/workspaces?repository=platform",
    "workspaces, far behind": "/api/v1/workspaces?repository=platform&cursor=5000",
    "workspaces by name (palette)": "/api/v1/workspaces?search=svc-30&limit=12",
    "workspaces by environment": "/api/v1/workspaces?repository=platform&environment=eu-prod",
    "workspaces by state": "/api/v1/workspaces?repository=platform&state=drifted",
    "a workspace": `/api/v1/workspaces/${encoded(workspace)}`,
    "values of a workspace": `/api/v1/workspaces/${encoded(workspace)}/values`,
    "state versions": `/api/v1/workspaces/${encoded(workspace)}/state-versions`,
    "resources of a state": `/api/v1/workspaces/${encoded(workspace)}/state-resources`,
    runs: "/api/v1/runs",
    "runs, far behind": "/api/v1/runs?cursor=20000",
    "runs by kind": "/api/v1/runs?kind=drift",
    "runs by status": "/api/v1/runs?status=waits",
    "runs by status that nothing has": "/api/v1/runs?status=expired",
    "runs by environment": "/api/v1/runs?environment=eu-prod",
    "runs of a client": `/api/v1/runs?environment=${encoded("client-07/prod")}`,
    "runs of a workspace": `/api/v1/runs?workspace=${encoded(workspace)}`,
    "runs of a pull request": `/api/v1/runs?pullRequest=${merged}`,
    "a run with its plan": `/api/v1/runs/${run}`,
    "a run that applied": `/api/v1/runs/${apply}`,
    "the log of a run": `/api/v1/runs/${run}/log`,
    "pull requests": "/api/v1/pull-requests",
    "pull requests of the palette": "/api/v1/pull-requests?limit=100",
    "pull requests, far behind": "/api/v1/pull-requests?cursor=3000",
    "open pull requests": "/api/v1/pull-requests?status=open",
    "merged pull requests of a repository": "/api/v1/pull-requests?status=merged&repository=data",
    "pull requests that wait for me": "/api/v1/pull-requests?waitsForMe=true&status=open",
    "an open pull request": `/api/v1/pull-requests/${open}`,
    "a merged pull request": `/api/v1/pull-requests/${merged}`,
    "plans of a pull request": `/api/v1/pull-requests/${open}/plans`,
    "files of a pull request": `/api/v1/pull-requests/${open}/files`,
    "comments of a pull request": `/api/v1/pull-requests/${open}/comments`,
    "timeline of a pull request": `/api/v1/pull-requests/${merged}/timeline`,
    "drift cases": "/api/v1/drift-cases",
    "open drift cases": "/api/v1/drift-cases?status=open",
    "drift cases, far behind": "/api/v1/drift-cases?cursor=1000",
    "drift cases of a workspace": `/api/v1/drift-cases?workspace=${encoded(workspace)}`,
    "a drift case": `/api/v1/drift-cases/${driftCase}`,
    "audit log": "/api/v1/audit-events",
    "audit log, far behind": "/api/v1/audit-events?cursor=200000",
    "audit log by actor": "/api/v1/audit-events?actor=p07",
    "audit log by actor that nobody is": "/api/v1/audit-events?actor=nobody",
    "audit log by action": "/api/v1/audit-events?action=state.compared",
    "audit log by action that is rare": "/api/v1/audit-events?action=repository.seeded",
    "audit log by group of actions": "/api/v1/audit-events?action=session",
    "audit log by workspace": `/api/v1/audit-events?workspace=${encoded(workspace)}`,
    "audit log by pull request": `/api/v1/audit-events?pullRequest=${merged}`,
    "audit log by time": `/api/v1/audit-events?from=${daysAgo(60)}&to=${daysAgo(59)}`,
    "audit log by actor, action and time": `/api/v1/audit-events?actor=p07&action=session.started&from=${daysAgo(60)}&to=${daysAgo(30)}`,
    "parts that are code": "/api/v1/scope",
    clients: "/api/v1/clients",
    parity: "/api/v1/parity?repository=platform",
    "parity, second page": "/api/v1/parity?repository=platform&cursor=200",
    "parity of a component": "/api/v1/parity?repository=platform&component=svc-300",
    "known findings": "/api/v1/known-findings",
    "known findings of a repository": "/api/v1/known-findings?repository=clients",
    scorecards: "/api/v1/scorecards?repository=platform",
    waivers: "/api/v1/waivers?repository=platform",
    rules: "/api/v1/rules?repository=platform",
    people: "/api/v1/people",
    tokens: "/api/v1/tokens",
    runners: "/api/v1/runners",
    channels: "/api/v1/notification-channels",
    notifications: "/api/v1/notifications",
    credentials: "/api/v1/credentials",
    variables: "/api/v1/variables?repository=platform",
  };
  return Object.entries(requests).map(([name, path]) => ({ name, path }));
}

function daysAgo(days: number): string {
  return encoded(new Date(Date.now() - days * 86_400_000).toISOString());
}
