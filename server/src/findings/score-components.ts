import { severities } from "@plumbline/contract";
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

/** The ends of the weeks of a trend; the last is now. */
export function trendMoments(now: Date): Date[] {
  return Array.from({ length: weeks }, (_, index) => new Date(now.getTime() - (weeks - 1 - index) * week));
}

/** Scores every component at these moments, by the last one worst first. `categoryOf` tells a rule's category. */
export function scoreComponents(
  components: readonly ScoredComponent[],
  findings: readonly FindingOfComponent[],
  categoryOf: (rule: string) => string,
  moments: readonly Date[],
): Scorecard[] {
  const key = (one: { repository: string; component: string }): string =>
    JSON.stringify([one.repository, one.component]);
  const found = Map.groupBy(findings, key);
  const ends = moments.map((at) => at.toISOString());
  return components
    .map(({ repository, component, workspaces, resources }): Scorecard => {
      const problems = onceEach(found.get(key({ repository, component })) ?? []);
      const last = problems.filter((problem) => isOpen(problem, ends.length - 1));
      const trend = ends.map((at, moment) => ({ at, score: scoreAt(problems, moment) }));
      return {
        repository,
        component,
        owners: ownersOf(last),
        workspaces,
        resources,
        score: trend.at(-1)?.score ?? 100,
        categories: countBy(last, ({ rule }) => categoryOf(rule)),
        problems: { critical: 0, high: 0, medium: 0, low: 0, ...countBy(last, ({ severity }) => severity) },
        trend,
      };
    })
    .toSorted((left, right) => left.score - right.score || (key(left) < key(right) ? -1 : 1));
}

/** The problems of all of them, by severity. */
export function sumOfProblems(cards: readonly Pick<Scorecard, "problems">[]): Scorecard["problems"] {
  const sum = { critical: 0, high: 0, medium: 0, low: 0 };
  for (const { problems } of cards) for (const severity of severities) sum[severity] += problems[severity];
  return sum;
}

/** The same problem with several severities counts as the worst that was open. */
function onceEach(findings: readonly FindingOfComponent[]): FindingOfComponent[] {
  const counted = new Map<string, number>();
  return findings
    .toSorted((left, right) => weights[right.severity] - weights[left.severity])
    .map((finding) => {
      const name = `${finding.rule} ${finding.subject}`;
      const before = counted.get(name) ?? 0;
      counted.set(name, before | finding.openAt);
      return { ...finding, openAt: finding.openAt & ~before };
    });
}

function isOpen({ openAt }: FindingOfComponent, moment: number): boolean {
  return ((openAt >> moment) & 1) === 1;
}

function scoreAt(problems: readonly FindingOfComponent[], moment: number): number {
  const lost = problems.reduce((sum, one) => sum + (isOpen(one, moment) ? weights[one.severity] : 0), 0);
  return Math.max(0, 100 - lost);
}

function ownersOf(problems: readonly FindingOfComponent[]): string[] {
  const counts = countBy(
    problems.flatMap(({ owners }) => owners),
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
