import type { AnswerOf } from "../../api/endpoints.ts";
import { Link } from "../../ui/text/link.tsx";
import { SeverityBars } from "../../ui/marks/severity.tsx";
import { count, list } from "../../util/format.ts";
import { pathTo } from "../../util/path-builder.ts";
import "../../ui/lists/table.css";

type Report = AnswerOf<"getEnvironmentReport">;

/** What the report says, in short: its changes with who approved them, and its drift. */
export function ReportBody({ report }: { report: Report }) {
  const { changes, drift, findings } = report;
  return (
    <>
      <p className="report__sum">
        {report.from.slice(0, 10)} to {lastDay(report.to)}: {count(changes.length, "change")},{" "}
        {count(drift.length, "drift case")}. Now {report.inSync} of {count(report.workspaces, "workspace")} in sync,{" "}
        {count(findings.length, "finding")} open.
      </p>
      {changes.length > 0 && <Changes changes={changes} />}
      {drift.length > 0 && <Drift drift={drift} />}
    </>
  );
}

function Changes({ changes }: { changes: Report["changes"] }) {
  return (
    <div className="table-wrap">
      <table className="table table--rows">
        <caption className="hidden-text">Changes merged in the period</caption>
        <thead>
          <tr>
            <th>Change</th>
            <th>Merged</th>
            <th>Environments</th>
            <th>Approved by</th>
            <th>State</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ number, title, mergedAt, environments, approvals, state }) => (
            <tr key={number}>
              <td className="table__main">
                <Link href={pathTo.pullRequest(number)} data-row="">
                  #{number} {title}
                </Link>
              </td>
              <td>{mergedAt.slice(0, 10)}</td>
              <td>{list(environments)}</td>
              <td>{list([...new Set(approvals.map(({ person }) => person.displayName))])}</td>
              <td>{state}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Drift({ drift }: { drift: Report["drift"] }) {
  return (
    <div className="table-wrap">
      <table className="table table--rows">
        <caption className="hidden-text">Drift cases of the period</caption>
        <thead>
          <tr>
            <th>Drift case</th>
            <th>Workspace</th>
            <th>Opened</th>
            <th>Closed</th>
          </tr>
        </thead>
        <tbody>
          {drift.map(({ number, title, severity, workspace, openedAt, closedAt }) => (
            <tr key={number}>
              <td className="table__main">
                <SeverityBars severity={severity} size={12} />{" "}
                <Link href={pathTo.driftCase(number)} data-row="">
                  {title}
                </Link>
              </td>
              <td>{workspace}</td>
              <td>{openedAt.slice(0, 10)}</td>
              <td>{closedAt === null ? "open" : closedAt.slice(0, 10)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The period ends before `to`. */
function lastDay(to: string): string {
  return new Date(Date.parse(to) - 1).toISOString().slice(0, 10);
}
