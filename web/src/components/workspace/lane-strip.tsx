import { useInfiniteQuery } from "@tanstack/react-query";
import type { AnswerOf } from "../../api/endpoints.ts";
import { driftCasesQuery } from "../../api/queries/drift.ts";
import { Link } from "../../ui/text/link.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { useNow } from "../../ui/text/use-now.ts";
import { count } from "../../util/format.ts";
import { fullName, pathTo } from "../../util/path-builder.ts";
import { date, duration, exact } from "../../util/time.ts";
import { appliesOnStrip, casesOnStrip } from "./strip-marks.ts";
import { stripPieces } from "./strip-path.ts";
import "../matrix/lane.css";
import "./lane-strip.css";

/** Seven days of a workspace lying down: straight is in line, the dip's depth is the severity, each circle an apply. */
export function LaneStrip({ workspace }: { workspace: AnswerOf<"getWorkspace"> }) {
  const { lane, driftEverySeconds, stateVersions } = workspace;
  const now = useNow(60_000);
  const query = useInfiniteQuery(driftCasesQuery({ workspace: fullName(workspace) }));
  const cases = casesOnStrip(query.data?.pages[0]?.items ?? [], lane, now);
  const applies = appliesOnStrip(stateVersions, now);
  const drifted = lane.filter(({ severity }) => severity !== null);
  const seconds = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 1000;
  const verified = lane.reduce((sum, { from, to }) => sum + seconds(from, to), 0);
  const out = drifted.reduce((sum, { from, to }) => sum + seconds(from, to), 0);
  const share = verified === 0 ? "never verified" : `${(100 * (1 - out / verified)).toFixed(1)} % of the time in line`;
  return (
    <Panel
      className="panel--plain"
      title="Drift, 7 days"
      note={`${count(cases.length, "case")}, ${share}, verified every ${duration(driftEverySeconds)}`}
      side={
        applies.length > 0 ? (
          <span className="lane-strip__legend note">
            <i className="lane-strip__apply" aria-hidden="true" /> apply
          </span>
        ) : undefined
      }
    >
      <div className="lane-strip">
        <div className="lane-strip__plane">
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
          {applies.map(({ version, run, at, left }) => (
            <i
              key={version}
              className="lane-strip__apply"
              style={{ left: `${left}%` }}
              title={`${run === null ? "Stored" : `Run ${run}`}, version ${version}, ${exact(at)}`}
            />
          ))}
          {cases.map(({ number, severity, status, lasted, left, isRight }) => (
            <Link
              key={number}
              href={pathTo.driftCase(number)}
              className={`lane-strip__case tone-${severity}`}
              style={isRight ? { right: `${100 - left}%` } : { left: `${left}%` }}
            >
              Case {number}, {severity}, {status === "closed" ? lasted : `open for ${lasted}`}
            </Link>
          ))}
        </div>
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
