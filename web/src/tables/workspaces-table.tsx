import type { AnswerOf } from "../api/endpoints.ts";
import { freshness } from "../components/matrix/cell-text.ts";
import { StateText } from "../components/state-text.tsx";
import { workspaceWord } from "../components/state-words.ts";
import { Link } from "../ui/text/link.tsx";
import { SeverityBadge } from "../ui/marks/severity.tsx";
import { useNow } from "../ui/text/use-now.ts";
import { fullName, pathTo } from "../util/path-builder.ts";
import "../ui/lists/table.css";

/** Workspaces; the row is the link. `several`: they are of several repositories, so each says of which. */
export function WorkspacesTable({
  items,
  several = false,
}: {
  items: AnswerOf<"listWorkspaces">["items"];
  several?: boolean;
}) {
  const now = useNow();
  return (
    <div className="table-wrap">
      <table className="table table--rows">
        <thead>
          <tr>
            <th>Workspace</th>
            <th>Layer</th>
            <th>State</th>
            <th>What is the case</th>
            <th>Freshness</th>
            <th className="table__number">Resources</th>
          </tr>
        </thead>
        <tbody>
          {items.map((workspace) => (
            <tr key={`${workspace.repository} ${workspace.name}`} className="table__row">
              <td>
                <Link href={pathTo.workspace(workspace)} className="table__link" data-row="">
                  {several ? fullName(workspace) : workspace.name}
                </Link>
              </td>
              <td>{workspace.layer}</td>
              <td>
                <span className="inline">
                  <StateText state={workspaceWord(workspace)} />
                  {workspace.severity !== null && workspace.state === "drifted" && (
                    <SeverityBadge severity={workspace.severity} plain />
                  )}
                </span>
              </td>
              <td className="table__clip table__wide" title={workspace.sentence}>
                {workspace.declared ? workspace.sentence : `No longer declared. ${workspace.sentence}`}
              </td>
              <td>{freshness(workspace, now)}</td>
              <td className="table__number table__desk">{workspace.resources}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
