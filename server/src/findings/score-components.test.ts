import { describe, expect, test } from "vitest";
import type { FindingOfComponent } from "./known-finding-store.ts";
import { scoreComponents } from "./score-components.ts";

const now = new Date("2026-11-22T12:00:00Z");
const weeksAgo = (weeks: number) => new Date(now.getTime() - weeks * 7 * 86_400_000);

function finding(more: Partial<FindingOfComponent> = {}): FindingOfComponent {
  return {
    repository: "shop",
    component: "database",
    rule: "aws-rds-public",
    severity: "critical",
    subject: "aws_db_instance.main",
    owners: ["@data"],
    firstSeenAt: weeksAgo(20),
    closedAt: null,
    ...more,
  };
}

const workspaces = [
  { repository: "shop", component: "database", workspaces: 2, resources: 9 },
  { repository: "shop", component: "network", workspaces: 1, resources: 9 },
];
const score = (findings: readonly FindingOfComponent[]) =>
  scoreComponents(workspaces, findings, (rule) => (rule.startsWith("aws") ? "exposure" : "anti-pattern"), now);

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
    const [card] = score([finding({ firstSeenAt: weeksAgo(5.5), closedAt: weeksAgo(2.5) })]);
    expect(card?.trend.map(({ score: one }) => one)).toEqual([100, 100, 100, 100, 100, 100, 80, 80, 80, 100, 100, 100]);
    expect(card?.score).toBe(100);
  });

  test("no score is below nothing", () => {
    const many = Array.from({ length: 9 }, (_, index) => finding({ subject: `a.b[${index}]` }));
    expect(score(many)[0]?.score).toBe(0);
  });
});
