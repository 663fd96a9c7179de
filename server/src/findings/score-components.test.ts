import { describe, expect, test } from "vitest";
import type { FindingOfComponent } from "./known-finding-store.ts";
import { scoreComponents, trendMoments } from "./score-components.ts";

const now = new Date("2026-11-22T12:00:00Z");

function finding(more: Partial<FindingOfComponent> = {}): FindingOfComponent {
  return {
    repository: "shop",
    component: "database",
    rule: "aws-rds-public",
    severity: "critical",
    subject: "aws_db_instance.main",
    owners: ["@data"],
    openAt: 0b1111_1111_1111,
    ...more,
  };
}

const workspaces = [
  { repository: "shop", component: "database", workspaces: 2, resources: 9 },
  { repository: "shop", component: "network", workspaces: 1, resources: 9 },
];
const score = (findings: readonly FindingOfComponent[]) =>
  scoreComponents(
    workspaces,
    findings,
    (rule) => (rule.startsWith("aws") ? "exposure" : "anti-pattern"),
    trendMoments(now),
  );

describe("scorecards", () => {
  test("a problem counts once for all environments, and the worst component comes first", () => {
    const cards = score([
      finding(),
      finding(),
      finding({ rule: "provisioner-used", severity: "medium", subject: "a.tf", owners: ["@ops", "@data"] }),
    ]);
    expect(cards).toMatchObject([
      {
        component: "database",
        workspaces: 2,
        resources: 9,
        score: 77,
        owners: ["@data", "@ops"],
        problems: { critical: 1, high: 0, medium: 1, low: 0 },
        categories: { exposure: 1, "anti-pattern": 1 },
      },
      { component: "network", score: 100, owners: [] },
    ]);
  });

  test("the trend tells what was open at the end of each week", () => {
    const [card] = score([finding({ openAt: 0b0001_1100_0000 })]);
    expect(card?.trend.map(({ score: one }) => one)).toEqual([100, 100, 100, 100, 100, 100, 80, 80, 80, 100, 100, 100]);
    expect(card?.score).toBe(100);
  });

  test("one that is graver in one environment counts as that, as long as it is", () => {
    const [card] = score([
      finding({ severity: "low", owners: ["@ops"] }),
      finding({ severity: "high", openAt: 0b0000_0000_1111 }),
    ]);
    expect(card?.trend.map(({ score: one }) => one)).toEqual([90, 90, 90, 90, 99, 99, 99, 99, 99, 99, 99, 99]);
    expect(card).toMatchObject({ problems: { high: 0, low: 1 }, owners: ["@ops"], score: 99 });
  });

  test("no score is below nothing", () => {
    const many = Array.from({ length: 9 }, (_, index) => finding({ subject: `a.b[${index}]` }));
    expect(score(many)[0]?.score).toBe(0);
  });
});
