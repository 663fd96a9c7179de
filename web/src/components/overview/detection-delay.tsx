import type { AnswerOf } from "../../api/endpoints.ts";
import { Badge } from "../../ui/marks/badge.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { SeverityBars } from "../../ui/marks/severity.tsx";
import { count } from "../../util/format.ts";
import { duration } from "../../util/time.ts";
import { Sparkline } from "./sparkline.tsx";
import "./detection-delay.css";

/** How long drift stayed unseen, per environment, against its objective. */
export function DetectionDelay({ delays }: { delays: AnswerOf<"getOverview">["detectionDelay"] }) {
  const misses = delays.reduce(
    (sum, { days, objectiveSeconds }) =>
      sum + days.filter(({ seconds }) => seconds !== null && seconds > objectiveSeconds).length,
    0,
  );
  return (
    <Panel
      title="Detection delay"
      note="from the last clean check to the case, p95 per day, 14 days. Dotted: objective"
      side={
        misses > 0 ? (
          <Badge>
            <SeverityBars severity="critical" size={12} />
            {count(misses, "day")} over objective
          </Badge>
        ) : (
          <Badge>All days within objective</Badge>
        )
      }
    >
      <div className="delays">
        {delays.map(({ environment, objectiveSeconds, days }) => {
          const last = days.findLast(({ seconds }) => seconds !== null)?.seconds ?? null;
          return (
            <div key={environment} className="delays__one">
              <div className="delays__head">
                <span>{environment}</span>
                <span>
                  <b>{last === null ? "no case" : duration(last)}</b>{" "}
                  <span className="small">of {duration(objectiveSeconds)}</span>
                </span>
              </div>
              <Sparkline days={days} objective={objectiveSeconds} />
              <div className="hidden-text">
                <table>
                  <caption>Detection delay in {environment}</caption>
                  <tbody>
                    {days.map(({ day, seconds }) => (
                      <tr key={day}>
                        <th scope="row">{day}</th>
                        <td>{seconds === null ? "no case" : duration(seconds)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </div>
          );
        })}
      </div>
    </Panel>
  );
}
