import * as contract from "@plumbline/contract";
import type { Endpoint } from "@plumbline/contract";
import { expect, test } from "vitest";
import { startFakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";

/** The command that shows what an endpoint answers, for each that can be asked for one client. */
const commands: Record<string, string[]> = {
  countAuditEvents: ["audit", "--counts"],
  exportAuditEvents: ["audit", "--export"],
  exportControlReport: ["controls", "report", "cis-aws-5.0", "--format", "csv"],
  getControlReport: ["controls", "report", "cis-aws-5.0"],
  getOverview: ["overview"],
  getParity: ["workspaces", "parity"],
  listAuditEvents: ["audit"],
  listControlCatalogues: ["controls", "list"],
  listDriftCases: ["drift", "list"],
  listKnownFindings: ["waivers", "baseline"],
  listPullRequests: ["prs", "list"],
  listRuns: ["runs", "list"],
  listScorecards: ["scorecards"],
  listWaivers: ["waivers", "list"],
  listWorkspaces: ["workspaces", "list"],
};

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === "object" && value !== null && "method" in value && "path" in value && "auth" in value;
}
const ofClients = Object.values(contract as Record<string, unknown>)
  .filter(isEndpoint)
  .filter(
    ({ query }) => query?.safeParse({ client: 1 }).error?.issues.some(({ path }) => path[0] === "client") === true,
  );

test("every endpoint that can be asked for one client has its command here", () => {
  expect(ofClients.map(({ id }) => id).toSorted()).toEqual(Object.keys(commands).toSorted());
});

test.each(ofClients.map((endpoint) => [endpoint.id, endpoint] as const))(
  "the command of %s asks for the client that --client names, and for all without it",
  async (id, endpoint) => {
    await using api = await startFakeApi();
    const asked: unknown[] = [];
    api.answer(endpoint, ({ query }) => {
      asked.push((query as { client?: string }).client);
      throw contract.problem("not_found", "Nothing is here.");
    });
    const env = { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" };
    for (const more of [["--client", "globex"], []]) await plumb([...(commands[id] ?? []), ...more], { env });
    expect(asked).toEqual(["globex", undefined]);
  },
);
