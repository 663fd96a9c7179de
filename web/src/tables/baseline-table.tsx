import type { AnswerOf } from "../api/endpoints.ts";
import { Badge } from "../ui/marks/badge.tsx";
import { Link } from "../ui/text/link.tsx";
import { SeverityBadge } from "../ui/marks/severity.tsx";
import { useNow } from "../ui/text/use-now.ts";
import { list, ownerName } from "../util/format.ts";
import { pathTo } from "../util/path-builder.ts";
import { date } from "../util/time.ts";
import "../ui/lists/table.css";

/** Findings of what is applied, what blocks first at the top. */
export function BaselineTable({ items }: { items: AnswerOf<"listKnownFindings">["items"] }) {
  const now = useNow();
  return (
    <div className="table-wrap">
      <table className="table">
        <thead>
          <tr>
            <th>Severity</th>
            <th>Finding</th>
            <th>Rule</th>
            <th>Address</th>
            <th>Workspace</th>
            <th>Owner</th>
            <th>Since</th>
            <th>Blocks from</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={`${item.workspace}:${item.fingerprint}`}>
              <td>
                <SeverityBadge severity={item.severity} plain />
              </td>
              <td className="table__wide">{item.title}</td>
              <td>
                <code>{item.rule}</code>
              </td>
              <td>
                <code>{item.address ?? item.file ?? ""}</code>
              </td>
              <td>
                <Link href={pathTo.workspace(item.workspace)}>{item.workspace}</Link>
              </td>
              <td>{item.owners.length > 0 ? list(item.owners.map(ownerName)) : <span className="dim">nobody</span>}</td>
              <td>{date(item.firstSeenAt, now)}</td>
              <td>
                {item.dueAt === null ? (
                  <span className="dim">never</span>
                ) : item.overdue ? (
                  <Badge tone="failed">since {date(item.dueAt, now)}</Badge>
                ) : (
                  date(item.dueAt, now)
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
