import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { AnswerOf } from "../api/endpoints.ts";
import { driftCaseQuery } from "../api/queries/drift.ts";
import { CaseTimeline } from "../components/drift/case-timeline.tsx";
import { ChangeTable } from "../components/drift/change-table.tsx";
import { driftWord } from "../components/drift/drift-word.ts";
import { FindingCard } from "../components/plan/finding-card.tsx";
import { StateBadge } from "../components/state-badge.tsx";
import { DecidePanel } from "../forms/decide-panel.tsx";
import { ButtonLink } from "../ui/buttons/button-link.tsx";
import { Link } from "../ui/text/link.tsx";
import { Loaded } from "../ui/loading/loaded.tsx";
import { PageHead } from "../ui/layout/page-head.tsx";
import { Panel } from "../ui/layout/panel.tsx";
import { Sentence } from "../ui/text/sentence.tsx";
import { SeverityBadge } from "../ui/marks/severity.tsx";
import { useNow } from "../ui/text/use-now.ts";
import { classes, count, list, ownerName } from "../util/format.ts";
import { pathTo } from "../util/path-builder.ts";
import { clockOrDate, duration } from "../util/time.ts";
import "./drift-case-page.css";

type DriftCase = AnswerOf<"getDriftCase">;

/** A drift case: what happened, what differs, what is decided. */
export function DriftCasePage() {
  const number = Number(useParams({ strict: false }).number);
  const driftCase = useQuery(driftCaseQuery(number));
  return (
    <Loaded query={driftCase} label={`Case ${number}`} lines={8} page>
      {(data) => <Shown driftCase={data} />}
    </Loaded>
  );
}

function Shown({ driftCase }: { driftCase: DriftCase }) {
  const now = useNow();
  const {
    number,
    title,
    severity,
    workspace,
    repository,
    openedAt,
    lastCleanAt,
    closedAt,
    owners,
    findings,
    changes,
    openedRun,
    lastRun,
    pullRequest,
  } = driftCase;
  const end = closedAt === null ? now : Date.parse(closedAt);
  return (
    <>
      <PageHead
        title={title}
        aside={<span className="page-head__number">Case {number}</span>}
        facts={
          <>
            <SeverityBadge severity={severity} />
            <StateBadge state={driftWord(driftCase)} />
            <Link href={pathTo.workspace({ repository, name: workspace })}>{workspace}</Link>
            <span>
              · {closedAt === null ? "for" : "was open for"} {duration((end - Date.parse(openedAt)) / 1000)}
            </span>
            <span>· owner {owners.length > 0 ? <b>{list(owners.map(ownerName))}</b> : "nobody"}</span>
            <span>
              · found by <Link href={pathTo.run(openedRun)}>run {openedRun}</Link>
            </span>
            {pullRequest !== null && (
              <span>
                · <Link href={pathTo.pullRequest(pullRequest)}>#{pullRequest}</Link>
              </span>
            )}
          </>
        }
        actions={<ButtonLink href={pathTo.audit({ workspace })}>Audit</ButtonLink>}
      />
      <div className="columns columns--widest">
        <div className="stack">
          <Panel title="What happened" className="panel--plain">
            <p className="panel__body drift-case__text">
              <Sentence text={driftCase.sentence} />{" "}
              {lastCleanAt === null
                ? "It was never seen clean."
                : `Last seen in line at ${clockOrDate(lastCleanAt, now)}.`}
            </p>
          </Panel>
          {changes.map((resource) => (
            <ChangeTable key={resource.address} resource={resource} lastRun={lastRun} />
          ))}
          <div className={classes("stack", findings.length > 0 && "drift-case__pair")}>
            {findings.length > 0 && (
              <Panel title="Findings on the live values" note={count(findings.length, "finding")}>
                <div className="panel__body stack">
                  {findings.map((finding) => (
                    <FindingCard key={finding.fingerprint} finding={finding} />
                  ))}
                </div>
              </Panel>
            )}
            <Panel
              title="Timeline"
              {...(lastCleanAt === null ? {} : { note: `the line hangs true until ${clockOrDate(lastCleanAt, now)}` })}
            >
              <CaseTimeline
                entries={driftCase.timeline}
                lastCleanAt={lastCleanAt}
                closedAt={closedAt}
                severity={severity}
                pullRequest={driftCase.pullRequest}
              />
            </Panel>
          </div>
        </div>
        <DecidePanel driftCase={driftCase} />
      </div>
    </>
  );
}
