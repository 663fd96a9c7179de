import type { RunStatus } from "@plumbline/contract";
import { countsText, resourcesToDo } from "../run.ts";
import type { RunRecord } from "../run.ts";

/** What a run's page says first. */
export interface RunSentence {
  /** What is the case. */
  reason: string | null;
  /** What comes next and who can do it; null where nothing does. */
  next: string | null;
}

/** One sentence that says what is the case with a run, and one what comes next and who can do it. */
export function runSentence(run: RunRecord): RunSentence {
  return { reason: whatIs(run), next: whatNext(run) };
}

function whatIs(run: RunRecord): string | null {
  const { status } = run;
  if (status === "running") return running(run);
  if (status === "queued") return "Queued: the next free runner takes it.";
  if (status === "waits") return sentence(run.reason ?? "It waits.");
  if (status === "finished") return finished(run);
  return run.reason === null ? null : sentence(run.reason);
}

function running(run: RunRecord): string {
  const where = run.runner === null ? "" : ` on ${run.runner}`;
  if (run.cancelRequestedAt !== null) return `It is stopping${where}: ${lower(run.reason ?? "somebody asked for it.")}`;
  const counts = run.counts ?? run.planned?.counts ?? null;
  if (run.kind === "apply" && run.applyStartedAt !== null && counts !== null)
    return `Applying${where}: ${run.progressDone} of ${resourcesToDo(counts)} resources done.`;
  const doing = {
    plan: "Planning",
    apply: "Preparing to apply",
    drift: "Checking for drift",
    drill: "Rehearsing",
    replay: "Judging a plan by proposed policies",
  }[run.kind];
  return `${doing}${where}${run.phase === null ? "" : `, phase ${run.phase}`}.`;
}

function finished(run: RunRecord): string {
  if (run.kind === "apply") {
    const version = run.stateVersionAfter === null ? "" : `; the state is version ${run.stateVersionAfter}`;
    return `Applied: ${countsText(run.counts ?? run.planned?.counts ?? null)}${version}.`;
  }
  if (run.kind === "drift")
    return (run.counts?.outside ?? 0) > 0 ? "Something was changed outside." : "What runs is what was applied.";
  const blocked = run.blocking > 0 ? `, ${run.blocking} blocking ${run.blocking === 1 ? "finding" : "findings"}` : "";
  return `Planned: ${countsText(run.counts)}${blocked}${run.provisional ? "; provisional, since what it depends on changes too" : ""}.`;
}

function whatNext(run: RunRecord): string | null {
  const request = run.pullRequest === null ? "the pull request" : `#${run.pullRequest}`;
  const { environment } = run.workspace;
  const next: Record<RunStatus, string | null> = {
    waits: nextOfWaiting(run),
    queued: null,
    running: null,
    held:
      run.blocking > 0
        ? `It cannot be approved as it is: revert ${request}, or fix forward with a new pull request.`
        : `Code owners of it and those who may approve for ${environment} approve this plan on ${request}, or somebody reverts it.`,
    finished: null,
    failed:
      run.kind === "apply"
        ? `Whoever may propose to or operate ${environment} retries it, reverts ${request}, or fixes forward; until then later merges of ${run.workspace.name} wait.`
        : run.kind === "drift"
          ? "The next check comes by itself."
          : `Whoever proposed ${request} corrects it and pushes again.`,
    unknown: `Somebody who may operate ${environment} looks whether anything of it still runs, and confirms that nothing does; then it is planned anew, and what is left to do is held for approval.`,
    canceled:
      run.kind === "apply"
        ? `Whoever may propose to or operate ${environment} retries it, or reverts ${request}.`
        : null,
    superseded: null,
    expired: `It is unapplied: whoever may propose to or operate ${environment} retries it, or reverts ${request}.`,
  };
  return next[run.status];
}

function nextOfWaiting(run: RunRecord): string {
  const { environment } = run.workspace;
  if (run.waitsFor === "frozen")
    return `Somebody who may operate ${environment} confirms that nothing runs there any more.`;
  if (run.waitsFor === "engine")
    return "An administrator accepts an engine that fits, on the page of runners or with plumb tools; then it goes on by itself.";
  if (run.waitsFor === "outputs")
    return "After the merge, once that is applied, it is planned and held for approval, unless nothing changes.";
  return "It goes on by itself.";
}

function sentence(text: string): string {
  const started = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(started) ? started : `${started}.`;
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
