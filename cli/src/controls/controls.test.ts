import { exportControlReport, getControlReport, listControlCatalogues, listScorecards } from "@plumbline/contract";
import type { ControlReport } from "@plumbline/contract";
import { expect, test } from "vitest";
import { startFakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";

const counts = { pass: 3, fail: 1, waived: 0, unknown: 0, notInCode: 2 };
const report: ControlReport = {
  slug: "cis-aws-5.0",
  title: "CIS AWS Foundations 5.0",
  judgedAt: "2026-11-22T07:00:00.000Z",
  workspaces: 4,
  environments: [{ name: "prod", counts }],
  controls: [
    {
      id: "2.2.1",
      title: "Databases are encrypted at rest",
      severity: "high",
      scope: "resource",
      rules: ["aws-rds-storage-encrypted"],
      notInCode: null,
      environments: {
        prod: {
          state: "fail",
          passing: 1,
          evidence: [
            {
              workspace: "database/prod",
              address: "aws_db_instance.main",
              state: "fail",
              rule: "aws-rds-storage-encrypted",
            },
          ],
        },
      },
    },
    {
      id: "3.6",
      title: "Keys rotate",
      severity: "medium",
      scope: "resource",
      rules: [],
      notInCode: null,
      environments: { prod: { state: "pass", passing: 2, evidence: [] } },
    },
  ],
};

test("catalogues, a report and what fails in it", async () => {
  await using api = await startFakeApi();
  const env = { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" };
  api.answer(listControlCatalogues, () => ({
    items: [{ slug: report.slug, title: report.title, controls: 6, environments: { prod: counts } }],
  }));
  expect((await plumb(["controls", "list"], { env })).stdout).toContain("3 pass, 1 fail");
  api.answer(getControlReport, ({ query }) => {
    expect(query.environment).toBe("prod");
    return report;
  });
  const { stdout } = await plumb(["controls", "report", "cis-aws-5.0", "--environment", "prod", "--failing"], { env });
  expect(stdout).toContain("database/prod aws_db_instance.main [aws-rds-storage-encrypted]");
  expect(stdout).not.toContain("Keys rotate");
});

test("a report in a format for others is passed on as it is", async () => {
  await using api = await startFakeApi();
  api.answer(exportControlReport, () => "catalogue,control\r\n");
  const env = { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" };
  expect(await plumb(["controls", "report", "cis-aws-5.0", "--format", "csv"], { env })).toMatchObject({
    exitCode: 0,
    stdout: "catalogue,control\r\n",
  });
});

const scorecard = {
  repository: "shop",
  component: "database",
  owners: ["@data"],
  workspaces: 4,
  resources: 9,
  score: 77,
  categories: { exposure: 1 },
  problems: { critical: 1, high: 0, medium: 1, low: 0 },
  trend: [100, 50, 0, 77].map((score) => ({ at: "2026-11-22T07:00:00.000Z", score })),
};

test("scorecards have their trend as bars", async () => {
  await using api = await startFakeApi();
  api.answer(listScorecards, () => ({ items: [scorecard], cursor: null, total: 1, problems: scorecard.problems }));
  const { stdout } = await plumb(["scorecards"], {
    env: { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" },
  });
  expect(stdout).toMatch(/database +shop +77 +█▄▁▇ +1 +0 +1 +0 +@data\n$/);
});

test("scorecards come page by page, worst first, with what all have together", async () => {
  await using api = await startFakeApi();
  const problems = { critical: 3, high: 0, medium: 5, low: 7 };
  const named = (component: string) => ({ ...scorecard, component });
  api.answer(listScorecards, ({ query }) =>
    query.cursor === undefined
      ? { items: [named("worst")], cursor: "1", total: 9, problems }
      : { items: [named("second")], cursor: "2", total: 9, problems },
  );
  const env = { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" };
  const { stdout } = await plumb(["scorecards", "--limit", "2"], { env });
  expect(stdout.split("\n").map((line) => line.split(" ")[0])).toEqual(["COMPONENT", "worst", "second", "2", ""]);
  expect(stdout).toContain("2 of 9 components; in all 3 critical, 0 high, 5 medium, 7 low.");
  const { stdout: json } = await plumb(["scorecards", "--limit", "2", "--json"], { env });
  expect(JSON.parse(json)).toMatchObject({
    items: [{ component: "worst" }, { component: "second" }],
    cursor: "2",
    total: 9,
    problems,
  });
});
