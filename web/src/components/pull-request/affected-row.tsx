import type { ReactNode } from "react";
import type { AnswerOf } from "../../api/endpoints.ts";
import { engineChangeText } from "@plumbline/contract/engine-change";
import { severities } from "@plumbline/contract/findings";
import { Badge } from "../../ui/marks/badge.tsx";
import { ChangeCounts } from "../../ui/marks/change-counts.tsx";
import { Link } from "../../ui/text/link.tsx";
import { SeverityBars } from "../../ui/marks/severity.tsx";
import { capital, classes } from "../../util/format.ts";
import { pathTo } from "../../util/path-builder.ts";
import { StateText } from "../state-text.tsx";
import { runWord } from "../state-words.ts";
import type { AffectedWorkspace } from "./types.ts";

/** An affected workspace with its newest plan, which it leads to; `children` stands beside its name. */
export function AffectedRow({
  pullRequest,
  merged,
  selected,
  item,
  place,
  children,
}: {
  pullRequest: number;
  merged: boolean;
  selected: boolean;
  item: AffectedWorkspace;
  place: number;
  children?: ReactNode;
}) {
  return (
    <tr className={classes("table__row", selected && "table__row--selected", item.blocking > 0 && "affected__blocked")}>
      <td>{place}</td>
      <td>
        <Link
          href={pathTo.pullRequest(pullRequest, { tab: "plans", workspace: item.workspace })}
          className="table__link"
          aria-current={selected ? "true" : undefined}
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
