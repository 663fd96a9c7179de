/** Lists and counts that can be asked for one client: the switch in the side bar has them all follow. */
const followers: ReadonlySet<string> = new Set([
  "countAuditEvents",
  "getControlReport",
  "getOverview",
  "getParity",
  "listAuditEvents",
  "listControlCatalogues",
  "listDriftCases",
  "listKnownFindings",
  "listPullRequests",
  "listRuns",
  "listScorecards",
  "listWaivers",
  "listWorkspaces",
]);

/** The client that the address names (`?client=globex`); undefined where it shows everything. */
export function chosenClient(): string | undefined {
  const named = new URLSearchParams(window.location.search).get("client");
  return named === null || named === "" ? undefined : named;
}

/** What a call's query has beside what it asks for. */
export function queryOfClient(endpoint: string): { client?: string } {
  const client = followers.has(endpoint) ? chosenClient() : undefined;
  return client === undefined ? {} : { client };
}
