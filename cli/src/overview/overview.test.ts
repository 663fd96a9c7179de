import { getOverview } from "@plumbline/contract";
import type { Overview, WorkspaceSummary } from "@plumbline/contract";
import { expect, test } from "vitest";
import { startFakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";

const at = "2026-11-22T07:00:00.000Z";
const workspace: WorkspaceSummary = {
  name: "shop/dev",
  repository: "r",
  component: "shop",
  environment: "dev",
  layer: "application",
  declared: true,
  state: "in_sync",
  severity: null,
  sentence: "",
  resources: 3,
  verifiedAt: at,
  overdue: false,
  run: null,
  pullRequest: null,
  driftCase: null,
  progress: null,
  dependsOn: [],
  lane: [],
};
const environment = (name: string): Overview["environments"][number] => ({
  name,
  order: 0,
  pin: null,
  approvals: 1,
  ticketRequired: false,
  ticketPattern: null,
  credentials: null,
  driftEverySeconds: 900,
  behind: 0,
  inSync: 1,
  total: 2,
  foot: "",
  worst: null,
});
const overview: Overview = {
  organization: "acme",
  repository: "r",
  headline: "1 of 2 workspaces is in sync",
  sentence: "One case waits.",
  environments: [environment("dev"), environment("prod")],
  components: [{ name: "shop", layer: "application", dependsOn: [] }],
  workspaces: [workspace],
  matrix: { total: 1, inSync: 0, folded: false, next: null },
  waitsForMe: [
    {
      kind: "drift_case",
      number: 57,
      title: "Port open",
      detail: "",
      severity: "critical",
      action: "Revert",
      link: "/",
      at,
    },
  ],
  activity: [{ at, actor: "ada", text: "merged #7", kind: "merged", link: null }],
  detectionDelay: [],
  sweeps: { onTime: 1, total: 1, lastAt: at },
  log: { entries: 1 },
  counts: { pullRequests: 0, runs: 0, driftCases: 1, workspaces: 2, runners: 1 },
};

test("the overview shows the matrix, what waits and what happened", async () => {
  await using api = await startFakeApi();
  api.answer(getOverview, () => overview);
  const { stdout } = await plumb(["overview"], {
    env: { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" },
  });
  expect(stdout).toBe(`1 of 2 workspaces is in sync
One case waits.

COMPONENT  DEV 1/2  PROD 1/2
shop       in sync  -

Waits for you
  Revert: critical Port open

Lately
  60 min ago  ada: merged #7
`);
});
