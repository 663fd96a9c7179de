import type { Scorecard, Severity } from "@plumbline/contract";
import type { FindingOfComponent } from "./known-finding-store.ts";

/** A component that counts, with how much there is of it. */
export interface ScoredComponent {
  repository: string;
  component: string;
  workspaces: number;
  resources: number;
}

const weights: Readonly<Record<Severity, number>> = { critical: 20, high: 10, medium: 3, low: 1 };
const week = 7 * 86_400_000;
const weeks = 12;

/** From when findings matter to a trend that ends now. */
export function trendStart(now: Date): Date {
  return new Date(now.getTime() - weeks * week);
}

/** Scores every component, worst first. `categoryOf` tells a rule's category. */
export function scoreComponents(
  components: readonly ScoredComponent[],
  findings: readonly FindingOfComponent[],
  categoryOf: (rule: string) => string,
  now: Date,
): Scorecard[] {
  const key = (one: { repository: string; component: string }): string =>
    JSON.stringify([one.repository, one.component]);
  const found = Map.groupBy(findings, key);
  const moments = Array.from({ length: weeks }, (_, index) => new Date(now.getTime() - (weeks - 1 - index) * week));
  return components
    .map(({ repository, component, workspaces, resources }): Scorecard => {
      const own = found.get(key({ repository, component })) ?? [];
      const problems = problemsAt(own, now);
      return {
        repository,
        component,
        owners: ownersOf(own, now),
        workspaces,
        resources,
        score: scoreOf(problems),
        categories: countBy(problems, ({ rule }) => categoryOf(rule)),
        problems: { critical: 0, high: 0, medium: 0, low: 0, ...countBy(problems, ({ severity }) => severity) },
        trend: moments.map((at) => ({ at: at.toISOString(), score: scoreOf(problemsAt(own, at)) })),
      };
    })
    .toSorted((left, right) => left.score - right.score || (key(left) < key(right) ? -1 : 1));
}

/** What was open at a moment; the same problem in several environments is one. */
function problemsAt(findings: readonly FindingOfComponent[], at: Date): FindingOfComponent[] {
  const open = findings.filter(
    ({ firstSeenAt, closedAt }) => firstSeenAt <= at && (closedAt === null || closedAt > at),
  );
  return [...new Map(open.map((one) => [`${one.rule} ${one.subject}`, one])).values()];
}

function scoreOf(problems: readonly FindingOfComponent[]): number {
  return Math.max(0, 100 - problems.reduce((sum, { severity }) => sum + weights[severity], 0));
}

function ownersOf(findings: readonly FindingOfComponent[], now: Date): string[] {
  const counts = countBy(
    problemsAt(findings, now).flatMap(({ owners }) => owners),
    (owner) => owner,
  );
  return Object.entries(counts)
    .toSorted(([, left], [, right]) => right - left)
    .map(([owner]) => owner);
}

function countBy<T>(items: readonly T[], nameOf: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[nameOf(item)] = (counts[nameOf(item)] ?? 0) + 1;
  return counts;
}
