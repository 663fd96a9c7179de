import { listScorecards } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { table } from "../terminal/table.ts";

export interface ScorecardOptions {
  client?: string;
  repository?: string;
}

const bars = "▁▂▃▄▅▆▇█";

/** `plumb scorecards` */
export async function listAll(context: Context, options: ScorecardOptions): Promise<void> {
  const client = await context.client();
  const query = { client: options.client, repository: options.repository };
  const found = await client.call(listScorecards, { query });
  context.print(found, ({ items }, look) =>
    table(
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
    ),
  );
}
