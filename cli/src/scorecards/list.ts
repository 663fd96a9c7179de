import { listScorecards, severities } from "@plumbline/contract";
import type { ResponseOf, Severity } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { loadPages } from "../connection/pages.ts";
import { table } from "../terminal/table.ts";

export interface ScorecardOptions {
  client?: string;
  repository?: string;
  limit: number;
}

const none = { critical: 0, high: 0, medium: 0, low: 0 };

const bars = "▁▂▃▄▅▆▇█";

/** `plumb scorecards` */
export async function listAll(context: Context, options: ScorecardOptions): Promise<void> {
  const client = await context.client();
  let sums: Pick<ResponseOf<typeof listScorecards>, "total" | "problems"> = { total: 0, problems: none };
  const found = await loadPages(options.limit, async (page) => {
    const query = { ...page, client: options.client, repository: options.repository };
    const answer = await client.call(listScorecards, { query });
    sums = { total: answer.total, problems: answer.problems };
    return answer;
  });
  context.print({ ...found, ...sums }, ({ items, total, problems }, look) => {
    const shown = table(
      look,
      [
        { title: "COMPONENT", least: 10 },
        { title: "REPOSITORY", least: 10, extra: true },
        { title: "SCORE", align: "right" },
        { title: "12 WEEKS", extra: true },
        { title: "CRITICAL", align: "right" },
        { title: "HIGH", align: "right" },
        { title: "MEDIUM", align: "right" },
        { title: "LOW", align: "right", extra: true },
        { title: "OWNERS", extra: true },
      ],
      items.map(({ component, repository: home, score, trend, problems, owners }) => [
        component,
        home,
        { text: String(score), style: score < 50 ? "red" : score < 80 ? "yellow" : "green" },
        trend.map((week) => bars[Math.min(7, Math.floor(week.score / 12.6))] ?? "").join(""),
        String(problems.critical),
        String(problems.high),
        String(problems.medium),
        String(problems.low),
        owners.join(" "),
      ]),
      "No component is applied yet.",
    );
    return items.length === total
      ? shown
      : [...shown, `${items.length} of ${total} components; in all ${sumOf(problems)}.`];
  });
}

function sumOf(problems: Record<Severity, number>): string {
  return severities.map((severity) => `${problems[severity]} ${severity}`).join(", ");
}
