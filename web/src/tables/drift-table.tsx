import type { AnswerOf } from "../api/endpoints.ts";
import { driftWord } from "../components/drift/drift-word.ts";
import { StateText } from "../components/state-text.tsx";
import { Link } from "../ui/text/link.tsx";
import { SeverityBadge } from "../ui/marks/severity.tsx";
import { TimeAgo } from "../ui/text/time-ago.tsx";
import { list, ownerName } from "../util/format.ts";
import { pathTo } from "../util/path-builder.ts";
import "../ui/lists/table.css";

/** Drift cases, open ones first; the row is the link. */
export function DriftTable({ items }: { items: AnswerOf<"listDriftCases">["items"] }) {
  return (
    <div className="table-wrap">
      <table className="table table--rows">
        <thead>
          <tr>
            <th>Case</th>
            <th>What</th>
            <th>Severity</th>
            <th>Status</th>
            <th>Workspace</th>
            <th>Owner</th>
            <th>Pull request</th>
            <th className="table__number">Open since</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.number} className="table__row">
              <td>{item.number}</td>
              <td className="table__title table__wide">
                <Link href={pathTo.driftCase(item.number)} className="table__link" data-row="">
                  {item.title}
                </Link>
              </td>
              <td>
                <SeverityBadge severity={item.severity} plain />
              </td>
              <td>
                <StateText state={driftWord(item)} />
              </td>
              <td>{item.workspace}</td>
              <td>{item.owners.length > 0 ? list(item.owners.map(ownerName)) : <span className="dim">nobody</span>}</td>
              <td>
                {item.pullRequest !== null && (
                  <Link href={pathTo.pullRequest(item.pullRequest)} className="table__above">
                    #{item.pullRequest}
                  </Link>
                )}
              </td>
              <td className="table__number">
                <TimeAgo at={item.openedAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
