import type { AnswerOf } from "../api/endpoints.ts";
import { SeverityBars } from "../ui/marks/severity.tsx";
import { Link } from "../ui/text/link.tsx";
import { pathTo } from "../util/path-builder.ts";
import { classes, list, ownerName } from "../util/format.ts";
import "../ui/lists/table.css";
import "./scorecards-table.css";

type Scorecard = AnswerOf<"listScorecards">["items"][number];
const severities = ["critical", "high", "medium", "low"] as const;

/** Components, worst first, with how their score went in twelve weeks. */
export function ScorecardsTable({ items }: { items: readonly Scorecard[] }) {
  return (
    <div className="table-wrap">
      <table className="table table--rows">
        <thead>
          <tr>
            <th>Component</th>
            <th className="table__number">Score</th>
            <th>Twelve weeks</th>
            {severities.map((severity) => (
              <th key={severity} className="table__number">
                <SeverityBars severity={severity} size={12} /> {severity}
              </th>
            ))}
            <th>Most problems in</th>
            <th>Owner</th>
            <th className="table__number">Resources</th>
          </tr>
        </thead>
        <tbody>
          {items.map((card) => (
            <tr key={`${card.repository} ${card.component}`}>
              <td className="table__main">
                <Link href={pathTo.workspaces({ tab: "parity", component: card.component })}>{card.component}</Link>
              </td>
              <td className="table__number">
                <span className={`scorecard-score tone-${tone(card.score)}`}>{card.score}</span>
              </td>
              <td className="table__desk">
                <Trend card={card} />
              </td>
              {severities.map((severity) => (
                <td
                  key={severity}
                  className={classes("table__number", card.problems[severity] === 0 && "table__desk")}
                  data-word={severity}
                >
                  {card.problems[severity] || <span className="dim">·</span>}
                </td>
              ))}
              <td data-word="most in">{most(card) ?? <span className="dim">nothing</span>}</td>
              <td data-word="owner">
                {card.owners.length > 0 ? (
                  list(card.owners.slice(0, 3).map(ownerName))
                ) : (
                  <span className="dim">nobody</span>
                )}
              </td>
              <td className="table__number" data-word="resources">
                {card.resources}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function tone(score: number): "ok" | "held" | "failed" {
  return score >= 80 ? "ok" : score >= 50 ? "held" : "failed";
}

/** The category with most problems. */
function most({ categories }: Scorecard): string | undefined {
  const [first] = Object.entries(categories).toSorted(([, left], [, right]) => right - left);
  return first === undefined ? undefined : `${first[0]} ${first[1]}`;
}

const width = 120;
const height = 24;

function Trend({ card: { trend, component } }: { card: Scorecard }) {
  const points = trend.map(({ score }, index) => {
    const x = 2 + (index * (width - 4)) / Math.max(1, trend.length - 1);
    return `${x.toFixed(1)},${(height - 3 - (score / 100) * (height - 6)).toFixed(1)}`;
  });
  const [first, last] = [trend[0]?.score ?? 0, trend.at(-1)?.score ?? 0];
  const words = first === last ? `stays at ${last}` : `from ${first} to ${last}`;
  return (
    <svg
      className="scorecard-trend"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`${component}: ${words}`}
    >
      <polyline points={points.join(" ")} />
    </svg>
  );
}
