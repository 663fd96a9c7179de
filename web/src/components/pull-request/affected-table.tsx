import type { AnswerOf } from "../../api/endpoints.ts";
import { severities } from "@plumbline/contract/findings";
import { Badge } from "../../ui/badge.tsx";
import { ChangeCounts } from "../../ui/change-counts.tsx";
import { Link } from "../../ui/link.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SeverityBars } from "../../ui/severity.tsx";
import { capital, classes } from "../../util/format.ts";
import { pathTo } from "../../util/path-builder.ts";
import { StateText } from "../state-text.tsx";
import { runWord } from "../state-words.ts";
import type { AffectedWorkspace, PullRequest } from "./types.ts";
import "../../ui/table.css";
import "./affected-table.css";

/** The affected workspaces in the order they are applied, each with its newest plan; a row shows its plan below. */
export function AffectedTable({ pullRequest, selected }: { pullRequest: PullRequest; selected: string | undefined }) {
  const { affected, counts, number, status } = pullRequest;
  const merged = status === "merged";
  return (
    <Panel
      title="Affected workspaces"
      note={`${affected.length}, in the order they ${merged ? "are" : "will be"} applied`}
      side={<ChangeCounts counts={counts} />}
    >
      <div className="table-wrap">
        <table className="table table--tight table--rows affected">
          <thead>
            <tr>
              <th>#</th>
              <th>Workspace</th>
              <th>Plan</th>
              <th>Changes</th>
              <th>Findings</th>
              <th>{merged ? "Apply" : "Outside changes"}</th>
            </tr>
          </thead>
          <tbody>
            {affected.map((item, index) => (
              <tr
                key={item.workspace}
                className={classes(
                  "table__row",
                  item.workspace === selected && "table__row--selected",
                  item.blocking > 0 && "affected__blocked",
                )}
              >
                <td>{index + 1}</td>
                <td>
                  <Link
                    href={pathTo.pullRequest(number, { tab: "plans", workspace: item.workspace })}
                    className="table__link"
                    aria-current={item.workspace === selected ? "true" : undefined}
                    data-row=""
                  >
                    {item.workspace}
                  </Link>
                </td>
                <td className="table__wide">
                  <PlanState item={item} />
                </td>
                <td>
                  <ChangeCounts counts={item.counts} />
                </td>
                <td>
                  <FindingCounts item={item} />
                </td>
                <td>{merged ? <ApplyState item={item} /> : <Outside counts={item.counts} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {affected.some(({ later }) => later !== null) && (
        <div className="panel__foot note">
          <b>After the merge</b>
          <ul>
            {affected.flatMap(({ workspace, later }) =>
              later === null
                ? []
                : [
                    <li key={workspace}>
                      {workspace}: {later}
                    </li>,
                  ],
            )}
          </ul>
        </div>
      )}
    </Panel>
  );
}

function PlanState({ item }: { item: AffectedWorkspace }) {
  const status = item.applyStatus ?? item.runStatus ?? "waits";
  const state = runWord({ status, kind: item.applyStatus === null ? "plan" : "apply" });
  const finished = status === "finished";
  return (
    <span className="inline">
      <StateText state={state}>
        <span className={classes(finished && "affected__line")}>{capital(item.line)}</span>
      </StateText>
      {item.provisional && <Badge>provisional</Badge>}
      {item.relation === "removed" && <Badge>no longer declared</Badge>}
    </span>
  );
}

function ApplyState({ item }: { item: AffectedWorkspace }) {
  if (item.applyStatus === null || item.applyRun === null) return <span className="dim">not started</span>;
  return (
    <Link href={pathTo.run(item.applyRun)} className="table__above">
      <StateText state={runWord({ status: item.applyStatus, kind: "apply" })} />
    </Link>
  );
}

function Outside({ counts }: { counts: AnswerOf<"getPullRequest">["counts"] | null }) {
  if (counts === null || counts.outside === 0) return <span className="dim">none</span>;
  return <b className="tone-critical affected__outside">{counts.outside} would be undone</b>;
}

/** The worst findings by severity. */
function FindingCounts({ item }: { item: AffectedWorkspace }) {
  const worst = severities.find((severity) => item.findings[severity] > 0);
  if (worst === undefined && item.blocking > 0) return <b className="tone-failed affected__outside">not judged</b>;
  if (worst === undefined) return <span className="dim">none</span>;
  const others = severities.reduce((sum, severity) => sum + (severity === worst ? 0 : item.findings[severity]), 0);
  return (
    <span className={`inline tone-${worst} affected__outside`}>
      <SeverityBars severity={worst} />
      {item.findings[worst]} {worst}
      {others > 0 && <span className="dim">+{others}</span>}
    </span>
  );
}
