import type { AnswerOf } from "../api/endpoints.ts";
import { StateText } from "../components/state-text.tsx";
import { pullRequestWords } from "../components/state-words.ts";
import { Badge } from "../ui/marks/badge.tsx";
import { ChangeCounts } from "../ui/marks/change-counts.tsx";
import { Link } from "../ui/text/link.tsx";
import { SeverityBadge } from "../ui/marks/severity.tsx";
import { TimeAgo } from "../ui/text/time-ago.tsx";
import { pathTo } from "../util/path-builder.ts";
import "../ui/lists/table.css";

/** Pull requests, newest first; the row is the link. */
export function PullRequestsTable({ items }: { items: readonly AnswerOf<"listPullRequests">["items"][number][] }) {
  return (
    <div className="table-wrap">
      <table className="table table--rows">
        <thead>
          <tr>
            <th>Number</th>
            <th>Title</th>
            <th>State</th>
            <th>What comes next</th>
            <th>Changes</th>
            <th>Worst</th>
            <th>By</th>
            <th className="table__number">Updated</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.number} className="table__row">
              <td>#{item.number}</td>
              <td className="table__title table__wide">
                <Link href={pathTo.pullRequest(item.number)} className="table__link" data-row="">
                  {item.title}
                </Link>{" "}
                {item.purpose !== "change" && <Badge>{item.purpose}</Badge>}
              </td>
              <td>
                <StateText state={pullRequestWords[item.state]} />
              </td>
              <td className="table__clip table__wide" title={item.sentence}>
                {item.waitsForMe && <b>Waits for you. </b>}
                {item.sentence}
              </td>
              <td>
                <ChangeCounts counts={item.counts} />
              </td>
              <td>
                {item.worst === null ? (
                  <span className="dim">none</span>
                ) : (
                  <SeverityBadge severity={item.worst} plain />
                )}
              </td>
              <td>{item.openedBy?.name ?? "Plumbline"}</td>
              <td className="table__number">
                <TimeAgo at={item.updatedAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
