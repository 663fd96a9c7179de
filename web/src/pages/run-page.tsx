import type { BlockPlace } from "@plumbline/contract/plan-view";
import { useQuery } from "@tanstack/react-query";
import { useParams, useRouter } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import type { AnswerOf } from "../api/endpoints.ts";
import { runQuery } from "../api/queries/runs.ts";
import { useAct } from "../api/use-act.ts";
import { PlaceAddress } from "../components/plan/place-link.tsx";
import { PlanPanel } from "../components/plan/plan-panel.tsx";
import { HeldComparison } from "../components/run/held-comparison.tsx";
import { LogPanel } from "../components/run/log-panel.tsx";
import { OperationsPanel } from "../components/run/operations-panel.tsx";
import { RunHead, runReason, RunSentence } from "../components/run/run-head.tsx";
import { RunNotes, RunProblems } from "../components/run/run-notes.tsx";
import { Stepper } from "../components/run/stepper.tsx";
import { runWord } from "../components/state-words.ts";
import { ConfirmDialog } from "../forms/confirm-dialog.tsx";
import { Banner } from "../ui/layout/banner.tsx";
import { ButtonLink } from "../ui/buttons/button-link.tsx";
import { ChangeCounts } from "../ui/marks/change-counts.tsx";
import { Loaded } from "../ui/loading/loaded.tsx";
import { toast } from "../ui/toast.ts";
import { pathTo } from "../util/path-builder.ts";
import "./run-page.css";

type Run = AnswerOf<"getRun">;

/** Only what needs somebody has a tint. */
const needsSomebody: ReadonlySet<Run["status"]> = new Set(["held", "failed", "unknown", "expired"]);

/** A run: phases, plan, live log. */
export function RunPage() {
  const number = Number(useParams({ strict: false }).number);
  const run = useQuery(runQuery(number));
  return (
    <Loaded query={run} label={`Run ${number}`} lines={8} page>
      {(data) => <Shown key={number} run={data} />}
    </Loaded>
  );
}

function Shown({ run }: { run: Run }) {
  const router = useRouter();
  const [asking, setAsking] = useState<"cancel" | "retry" | null>(null);
  const close = () => setAsking(null);
  const cancel = useAct("cancelRun", () => {
    toast(`Run ${run.number} was asked to stop`);
    close();
  });
  const retry = useAct("retryRun", (made) => {
    toast(`Run ${made.number} tries again`);
    if (made.number !== run.number) void router.navigate({ href: pathTo.run(made.number) });
    close();
  });
  const params = { params: { number: run.number } };
  const { repository, codeCommit } = run;
  // The code as this run had it: main may have moved on.
  const addressOf = useCallback(
    ({ file, line }: BlockPlace) => pathTo.file(repository, file, { line, commit: codeCommit }),
    [repository, codeCommit],
  );
  const { tone, glyph } = runWord(run);
  const held = run.status === "held";
  const says = run.next !== null || (run.reason !== null && run.status !== "finished");
  const urgent = needsSomebody.has(run.status);
  return (
    <>
      <RunHead
        run={run}
        calm={says && !urgent}
        onCancel={() => setAsking("cancel")}
        onRetry={() => setAsking("retry")}
      />
      {says && urgent && (
        <Banner
          tone={tone}
          glyph={glyph}
          action={
            held && run.pullRequest !== null && runReason(run, "approve") === null ? (
              <ButtonLink variant="primary" href={pathTo.pullRequest(run.pullRequest)}>
                Approve on #{run.pullRequest}
              </ButtonLink>
            ) : run.status === "unknown" ? (
              <ButtonLink href={pathTo.workspace({ repository: run.repository, name: run.workspace })}>
                Open {run.workspace}
              </ButtonLink>
            ) : undefined
          }
        >
          <RunSentence run={run} />
        </Banner>
      )}
      <Stepper run={run} />
      <div className="run-columns">
        <div className="stack">
          <RunProblems run={run} />
          <OperationsPanel run={run} />
          {held && run.approvedRun !== null && run.plan !== null && (
            <HeldComparison approvedRun={run.approvedRun} plan={run.plan} />
          )}
          {run.plan !== null && (
            <PlaceAddress value={addressOf}>
              <PlanPanel
                key={run.digest ?? run.number}
                title="Plan"
                digest={run.digest}
                plan={run.plan}
                findings={run.findings}
                text={run.planText}
                side={<ChangeCounts counts={run.counts} />}
                compact
              />
            </PlaceAddress>
          )}
          <RunNotes run={run} />
        </div>
        <LogPanel number={run.number} lost={run.status === "unknown"} />
      </div>
      {asking === "cancel" && (
        <ConfirmDialog
          title={`Cancel run ${run.number}`}
          action="Ask it to stop"
          danger
          busy={cancel.isPending}
          error={cancel.error}
          onConfirm={() => cancel.mutate(params)}
          onClose={close}
        >
          <p>
            {run.kind === "apply" && run.status === "running"
              ? `The engine finishes what it is doing now and stops. What was changed so far stays changed and stands in the state; ${run.workspace} is then not in sync.`
              : "It stops where it is. Nothing was changed by it."}
          </p>
        </ConfirmDialog>
      )}
      {asking === "retry" && (
        <ConfirmDialog
          title={`Retry run ${run.number}`}
          action="Try again"
          busy={retry.isPending}
          error={retry.error}
          onConfirm={() => retry.mutate(params)}
          onClose={close}
        >
          <p>
            {run.workspace} is planned anew. Where every remaining change equals an approved one it is applied;
            otherwise it is held and asks again.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
