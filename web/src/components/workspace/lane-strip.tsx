import type { AnswerOf } from "../../api/endpoints.ts";
import { Panel } from "../../ui/panel.tsx";
import { useNow } from "../../ui/use-now.ts";
import { date, duration } from "../../util/time.ts";
import { stripPieces } from "./strip-path.ts";
import "../matrix/lane.css";
import "./lane-strip.css";

/** Seven days of a workspace lying down: straight is in line, the dip's depth is the severity. */
export function LaneStrip({ lane, every }: { lane: AnswerOf<"getWorkspace">["lane"]; every: number }) {
  const now = useNow(60_000);
  const drifted = lane.filter(({ severity }) => severity !== null);
  const seconds = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 1000;
  const verified = lane.reduce((sum, { from, to }) => sum + seconds(from, to), 0);
  const out = drifted.reduce((sum, { from, to }) => sum + seconds(from, to), 0);
  const share = verified === 0 ? null : (100 * (1 - out / verified)).toFixed(1);
  return (
    <Panel
      title="Drift, 7 days"
      note={`${share === null ? "never verified" : `${share} % of the time in line`}, verified every ${duration(every)}`}
    >
      <div className="lane-strip">
        <svg viewBox="0 0 1000 40" preserveAspectRatio="none" aria-hidden="true">
          <path d="M0 6H1000" className="lane__datum" vectorEffect="non-scaling-stroke" />
          {stripPieces(lane, now, 1000, 6).map(({ severity, points }) => (
            <polyline
              key={points}
              points={points}
              className={`lane__line tone-${severity ?? "ok"}`}
              vectorEffect="non-scaling-stroke"
            />
          ))}
        </svg>
        <div className="lane-strip__days small">
          {[7, 5, 3, 1].map((days) => (
            <span key={days}>{date(new Date(now - days * 86_400_000).toISOString(), now)}</span>
          ))}
          <span>now</span>
        </div>
        <ul className="hidden-text">
          {drifted.map(({ from, to, severity }) => (
            <li key={from}>
              {severity} drift for {duration(seconds(from, to))}
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}
