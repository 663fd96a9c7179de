import { Fragment, useState, type ReactNode } from "react";
import type { AnswerOf } from "../../api/endpoints.ts";
import { engineChangeText } from "@plumbline/contract/engine-change";
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
import { alikeGroups } from "./alike-groups.ts";
import type { AffectedWorkspace, PullRequest } from "./types.ts";
import "../../ui/table.css";
import "./affected-table.css";

/** Workspaces of which it is told what comes after the merge. */
const mostLater = 20;

/** The affected workspaces in the order they are applied, each with its newest plan; a row shows its plan below. */
export function AffectedTable({ pullRequest, selected }: { pullRequest: PullRequest; selected: string | undefined }) {
  const { affected, counts, number, status } = pullRequest;
  const merged = status === "merged";
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const toggle = (name: string) =>
    setUnfolded((before) =>
      before.has(name) ? new Set([...before].filter((one) => one !== name)) : new Set([...before, name]),
    );
  const later = affected.filter((item) => item.later !== null);
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
            {alikeGroups(affected).map(({ first, place, others }) => {
              const open = unfolded.has(first.workspace);
              const row = { pullRequest: number, merged, selected };
              return (
                <Fragment key={first.workspace}>
                  <AffectedRow {...row} item={first} place={place}>
                    {others.length > 0 && (
                      <button
                        type="button"
                        className="affected__alike table__above"
                        aria-expanded={open}
                        onClick={() => toggle(first.workspace)}
                      >
                        {open ? "Fold" : "and"} {others.length} alike
                      </button>
                    )}
                  </AffectedRow>
                  {open &&
                    others.map((one) => (
                      <AffectedRow key={one.item.workspace} {...row} item={one.item} place={one.place} />
                    ))}
                </Fragment>
              );
            })}
          </tbody>
        </table>
      </div>
      {later.length > 0 && (
        <div className="panel__foot note">
          <b>After the merge</b>
          <ul>
            {later.slice(0, mostLater).map((item) => (
              <li key={item.workspace}>
                {item.workspace}: {item.later}
              </li>
            ))}
            {later.length > mostLater && <li>and {later.length - mostLater} more</li>}
          </ul>
        </div>
      )}
    </Panel>
  );
}

function AffectedRow({
  pullRequest,
  merged,
  selected,
  item,
  place,
  children,
}: {
  pullRequest: number;
  merged: boolean;
  selected: string | undefined;
  item: AffectedWorkspace;
  place: number;
  children?: ReactNode;
}) {
  return (
    <tr
      className={classes(
        "table__row",
        item.workspace === selected && "table__row--selected",
        item.blocking > 0 && "affected__blocked",
      )}
    >
      <td>{place}</td>
      <td>
        <Link
          href={pathTo.pullRequest(pullRequest, { tab: "plans", workspace: item.workspace })}
          className="table__link"
          aria-current={item.workspace === selected ? "true" : undefined}
          data-row=""
        >
          {item.workspace}
        </Link>{" "}
        {children}
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
  );
}

function PlanState({ item }: { item: AffectedWorkspace }) {
  const status = item.applyStatus ?? item.runStatus ?? "waits";
  const state = runWord({ status, kind: item.applyStatus === null ? "plan" : "apply" });
  const finished = status === "finished";
  return (
    <>
      <span className="inline">
        <StateText state={state}>
          <span className={classes(finished && "affected__line")}>{capital(item.line)}</span>
        </StateText>
        {item.provisional && <Badge>provisional</Badge>}
        {item.relation === "removed" && <Badge>no longer declared</Badge>}
      </span>
      {item.engineChange !== undefined && (
        <span className="affected__engine note">{engineChangeText(item.engineChange)}</span>
      )}
    </>
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
