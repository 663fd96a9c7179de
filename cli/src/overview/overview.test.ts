import { getOverview } from "@plumbline/contract";
import type { Overview } from "@plumbline/contract";
import { expect, test } from "vitest";
import { environmentView } from "../testing/environment-view.ts";
import { startFakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";
import { workspaceSummary } from "../testing/workspace-summary.ts";

const at = "2026-11-22T07:00:00.000Z";
const environment = (name: string): Overview["environments"][number] => ({
  ...environmentView(name),
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
  workspaces: [workspaceSummary("shop/dev")],
  matrix: { total: 1, inSync: 0, folded: false, next: null },
  waitsForMe: [
    {
      kind: "drift_case",
      number: 57,
      title: "Port open",
      detail: "",
      severity: "critical",
      action: "Revert",
      link: "/drift/57",
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
  expect(stdout).toBe(`1 of 2 workspaces is in sync  r
One case waits.

COMPONENT  DEV 1/2  PROD 1/2
shop       in sync  -

Waits for you
  Revert: critical Port open
    plumb drift show 57

Lately
  60 min ago  ada: merged #7
`);
});

test("of a large organization all rows are shown on demand, and who did what is said once", async () => {
  await using api = await startFakeApi();
  const row = (name: string) => ({ components: [{ name, layer: "application", dependsOn: [] }], workspaces: [] });
  api.answer(getOverview, ({ query }) => ({
    ...overview,
    ...row(query.from === undefined ? "shop" : query.from === 0 ? "network" : "database"),
    matrix: { total: 2, inSync: 1, folded: query.from === undefined, next: query.from === 0 ? 1 : null },
    activity: [{ at, actor: "ada", text: "ada merged #7", kind: "merged", link: null }],
  }));
  const env = { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" };
  const folded = (await plumb(["overview"], { env })).stdout;
  expect(folded).toContain("1 of 2 components need somebody most; 1 are in sync everywhere. --all shows all.");
  expect(folded).toContain("60 min ago  ada merged #7\n");
  const all = JSON.parse((await plumb(["overview", "--all", "--json"], { env })).stdout);
  expect(all.components.map(({ name }: { name: string }) => name)).toEqual(["network", "database"]);
  expect(all.matrix).toMatchObject({ folded: false, next: null });
});

test("drift that was seen too late, and checks that are late, are told", async () => {
  await using api = await startFakeApi();
  const days = [null, 40, 900, null].map((seconds, index) => ({ day: `2026-11-2${index}`, seconds }));
  api.answer(getOverview, () => ({
    ...overview,
    detectionDelay: [
      { environment: "prod", objectiveSeconds: 300, days },
      { environment: "dev", objectiveSeconds: 300, days: days.slice(0, 1) },
    ],
    sweeps: { onTime: 9, total: 12, lastAt: at },
  }));
  const { stdout } = await plumb(["overview"], { env: { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" } });
  expect(stdout).toContain("Drift checks are late, 3 of 12.\n");
  expect(stdout).toContain("  prod: 15 min, objective 5 min, 1 day over it\n\nWaits");
});
