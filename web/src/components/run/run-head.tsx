import { runCan } from "@plumbline/contract/run-status";
import { IconPlayerStop, IconRefresh } from "@tabler/icons-react";
import type { AnswerOf } from "../../api/endpoints.ts";
import { Badge } from "../../ui/marks/badge.tsx";
import { Button } from "../../ui/buttons/button.tsx";
import { CopyButton } from "../../ui/buttons/copy-button.tsx";
import { Link } from "../../ui/text/link.tsx";
import { PageHead } from "../../ui/layout/page-head.tsx";
import { TimeAgo } from "../../ui/text/time-ago.tsx";
import { capital, short } from "../../util/format.ts";
import { pathTo } from "../../util/path-builder.ts";
import { StateBadge } from "../state-badge.tsx";
import { runWord } from "../state-words.ts";

type Run = AnswerOf<"getRun">;

const titles: Record<Run["kind"], string> = {
  plan: "Plan",
  apply: "Apply",
  drift: "Check drift of",
  drill: "Rehearse",
  replay: "Replay policies on",
};

/** Why an act on a run is not possible now: the contract's table first, then what the server says. */
export function runReason(run: Run, action: "cancel" | "retry" | "approve"): string | null {
  if (!runCan(action, run.status)) return `It is ${run.status}.`;
  return run.can[action].allowed ? null : (run.can[action].reason ?? "You may not.");
}

/** What is the case with a run and what comes next; null where nothing is to say. */
export function RunSentence({ run: { reason, next, status, error } }: { run: Run }) {
  const place = error?.file === undefined ? undefined : `${error.file}:${error.line ?? 1}`;
  return (
    <span>
      {reason !== null && status !== "finished" && <b>{reason.replace(/\.?$/, ".")} </b>}
      {place !== undefined && <code>{place} </code>}
      {next}
    </span>
  );
}

/** What runs where, for what, and what can be done with it. `calm`: its sentence stands here, nobody has to act on it. */
export function RunHead({
  run,
  calm,
  onCancel,
  onRetry,
}: {
  run: Run;
  calm: boolean;
  onCancel: () => void;
  onRetry: () => void;
}) {
  const { engine } = run;
  const facts = [
    run.runner,
    `${engine.name} ${engine.version ?? run.plan?.engineVersion ?? engine.constraint}`,
    run.attempt > 1 ? `attempt ${run.attempt}` : null,
    run.stateVersionBefore === null
      ? null
      : run.stateVersionBefore === 0
        ? "the state that is proposed"
        : `state version ${run.stateVersionBefore}${run.stateVersionAfter === null ? "" : ` → ${run.stateVersionAfter}`}`,
  ].filter((fact) => fact !== null);
  return (
    <PageHead
      title={
        <>
          {titles[run.kind]}{" "}
          <Link href={pathTo.workspace({ repository: run.repository, name: run.workspace })}>{run.workspace}</Link>
        </>
      }
      aside={
        <>
          <span className="page-head__number">Run {run.number}</span>
          <StateBadge state={runWord(run)} />
          {run.destroy && <Badge tone="critical">destroy</Badge>}
          {run.provisional && <Badge>provisional</Badge>}
        </>
      }
      sentence={calm ? <RunSentence run={run} /> : undefined}
      facts={
        <>
          {run.pullRequest === null ? (
            <span>{capital(run.kind)}</span>
          ) : (
            <span>
              {run.kind === "apply" ? "Started by the merge of " : "For "}
              <Link href={pathTo.pullRequest(run.pullRequest)}>#{run.pullRequest}</Link>
            </span>
          )}
          <span>
            · commit <code title={run.codeCommit}>{short(run.codeCommit)}</code>
          </span>
          {run.valuesCommit !== run.codeCommit && (
            <span>
              · values of <code title={run.valuesCommit}>{short(run.valuesCommit)}</code>
            </span>
          )}
          {facts.map((fact) => (
            <span key={fact}>· {fact}</span>
          ))}
          <span>
            · <TimeAgo at={run.startedAt ?? run.createdAt} />
          </span>
        </>
      }
      actions={
        <>
          <CopyButton text={new URL(pathTo.run(run.number), window.location.href).href} label="Copy link" />
          {runCan("retry", run.status) && (
            <Button icon={IconRefresh} reason={runReason(run, "retry")} onClick={onRetry}>
              Retry
            </Button>
          )}
          {runCan("cancel", run.status) && (
            <Button variant="danger" icon={IconPlayerStop} reason={runReason(run, "cancel")} onClick={onCancel}>
              Cancel run
            </Button>
          )}
        </>
      }
    />
  );
}
