import { Fragment, useDeferredValue, useMemo, useState } from "react";
import { ChangeCounts } from "../../ui/marks/change-counts.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { AffectedRow } from "./affected-row.tsx";
import { alikeGroups, shownOf } from "./alike-groups.ts";
import type { PullRequest } from "./types.ts";
import "../../ui/lists/table.css";
import "./affected-table.css";

/** Workspaces of which it is told what comes after the merge. */
const mostLater = 20;

/** More rows than any screen has: they are drawn at once, those below them right after. */
const firstRows = 60;

/** The affected workspaces in the order they are applied, each with its newest plan; a row shows its plan below. */
export function AffectedTable({ pullRequest, selected }: { pullRequest: PullRequest; selected: string | undefined }) {
  const { affected, counts, number, status } = pullRequest;
  const merged = status === "merged";
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const toggle = (name: string) =>
    setUnfolded((before) =>
      before.has(name) ? new Set([...before].filter((one) => one !== name)) : new Set([...before, name]),
    );
  const groups = useMemo(() => alikeGroups(affected), [affected]);
  const drawn = useDeferredValue(groups, groups.slice(0, firstRows));
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
            {drawn.map((group) => {
              const { first, place, others } = group;
              const open = unfolded.has(first.workspace);
              const row = { pullRequest: number, merged };
              return (
                <Fragment key={first.workspace}>
                  <AffectedRow {...row} selected={first.workspace === selected} item={first} place={place}>
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
                  {shownOf(group, open, selected).map(({ item, place: at }) => (
                    <AffectedRow
                      key={item.workspace}
                      {...row}
                      selected={item.workspace === selected}
                      item={item}
                      place={at}
                    />
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
