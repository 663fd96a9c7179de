import type { AnswerOf } from "../api/endpoints.ts";
import { StateText } from "../components/state-text.tsx";
import { runWord } from "../components/state-words.ts";
import { Badge } from "../ui/marks/badge.tsx";
import { ChangeCounts } from "../ui/marks/change-counts.tsx";
import { Link } from "../ui/text/link.tsx";
import { TimeAgo } from "../ui/text/time-ago.tsx";
import { pathTo } from "../util/path-builder.ts";
import { duration } from "../util/time.ts";
import "../ui/lists/table.css";

export type RunSummary = AnswerOf<"listRuns">["items"][number];

/** Runs, newest first; the row is the link. `short` leaves out what a panel has no room for. */
export function RunsTable({ items, short = false }: { items: readonly RunSummary[]; short?: boolean }) {
  return (
    <div className="table-wrap">
      <table className={`table table--rows${short ? " table--tight table--bare" : ""}`}>
        <thead>
          <tr>
            <th>Run</th>
            <th>Kind</th>
            {!short && <th>Workspace</th>}
            <th>Status</th>
            {!short && <th>What is the case</th>}
            {!short && <th>Changes</th>}
            <th>For</th>
            {!short && <th className="table__number">Took</th>}
            <th className="table__number">Created</th>
          </tr>
        </thead>
        <tbody>
          {items.map((run) => (
            <tr key={run.number} className="table__row">
              <td>
                <Link href={pathTo.run(run.number)} className="table__link" data-row="">
                  {run.number}
                </Link>
              </td>
              <td>
                {run.kind} {run.destroy && <Badge tone="critical">destroy</Badge>}{" "}
                {run.attempt > 1 && <Badge>attempt {run.attempt}</Badge>}
              </td>
              {!short && <td className="table__main">{run.workspace}</td>}
              <td>
                <StateText state={runWord(run)} />
              </td>
              {!short && (
                <td className="table__clip table__wide" title={run.reason ?? undefined}>
                  {run.reason}
                </td>
              )}
              {!short && (
                <td>
                  <ChangeCounts counts={run.counts} />
                </td>
              )}
              <td>
                {run.pullRequest !== null && (
                  <Link href={pathTo.pullRequest(run.pullRequest)} className="table__above">
                    #{run.pullRequest}
                  </Link>
                )}
              </td>
              {!short && <td className="table__number">{took(run)}</td>}
              <td className="table__number">
                <TimeAgo at={run.createdAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function took({ startedAt, finishedAt }: RunSummary): string {
  if (startedAt === null || finishedAt === null) return "";
  return duration((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000);
}
