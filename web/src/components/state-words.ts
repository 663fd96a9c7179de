import type { PullRequestState } from "@plumbline/contract/pull-request-status";
import type { RunKind, RunStatus } from "@plumbline/contract/run-status";
import type { WorkspaceState } from "@plumbline/contract/workspace-status";
import type { Severity } from "@plumbline/contract/findings";
import type { GlyphName } from "../ui/marks/glyph.tsx";
import type { Tone } from "../ui/marks/tone.ts";

/** A state's word, colour and shape. */
export interface StateWord {
  word: string;
  tone: Tone;
  glyph: GlyphName;
}

const workspaceWords: Record<WorkspaceState, StateWord> = {
  frozen: { word: "frozen", tone: "frozen", glyph: "frozen" },
  failed: { word: "failed", tone: "failed", glyph: "failed" },
  drifted: { word: "drifted", tone: "low", glyph: "drifted" },
  held: { word: "held", tone: "held", glyph: "held" },
  running: { word: "running", tone: "chalk", glyph: "running" },
  unknown: { word: "unknown", tone: "ink", glyph: "unknown" },
  waits: { word: "waits", tone: "ink", glyph: "waits" },
  unapplied: { word: "unapplied", tone: "held", glyph: "skipped" },
  never_applied: { word: "never applied", tone: "ink", glyph: "never_applied" },
  in_sync: { word: "in sync", tone: "ok", glyph: "in_sync" },
};

/** How a workspace's state is shown; drift takes the colour of its severity, a run with progress is named by its kind. */
export function workspaceWord(workspace: {
  state: WorkspaceState;
  severity: Severity | null;
  progress?: { done: number; total: number } | null;
}): StateWord {
  const base = workspaceWords[workspace.state];
  if (workspace.state === "drifted") return { ...base, tone: workspace.severity ?? "low" };
  if (workspace.state === "running" && workspace.progress) return { ...base, word: "applying" };
  return base;
}

/** Whether what was applied in a workspace was destroyed since: there is a time of the last apply, and nothing is applied. */
export function isDestroyed({ state, appliedAt }: { state: WorkspaceState; appliedAt: string | null }): boolean {
  return state === "never_applied" && appliedAt !== null;
}

const runWords: Record<RunStatus, StateWord> = {
  waits: { word: "waits", tone: "ink", glyph: "waits" },
  queued: { word: "queued", tone: "ink", glyph: "waits" },
  running: { word: "running", tone: "chalk", glyph: "running" },
  held: { word: "held", tone: "held", glyph: "held" },
  finished: { word: "finished", tone: "ok", glyph: "done" },
  failed: { word: "failed", tone: "failed", glyph: "failed" },
  unknown: { word: "unknown", tone: "frozen", glyph: "unknown" },
  canceled: { word: "canceled", tone: "ink", glyph: "skipped" },
  superseded: { word: "superseded", tone: "ink", glyph: "skipped" },
  expired: { word: "expired", tone: "held", glyph: "skipped" },
};

const runningWords: Record<RunKind, string> = {
  plan: "planning",
  apply: "applying",
  drift: "checking drift",
  drill: "rehearsing",
  replay: "replaying",
};

/** How a run's status is shown; a running one is named by its kind. */
export function runWord(run: { status: RunStatus; kind: RunKind }): StateWord {
  const base = runWords[run.status];
  return run.status === "running" ? { ...base, word: runningWords[run.kind] } : base;
}

/** How a pull request's state is shown. */
export const pullRequestWords: Record<PullRequestState, StateWord> = {
  planning: { word: "planning", tone: "chalk", glyph: "running" },
  blocked: { word: "blocked", tone: "failed", glyph: "failed" },
  waits: { word: "waits for approval", tone: "ink", glyph: "waits" },
  ready: { word: "ready to merge", tone: "ok", glyph: "done" },
  applying: { word: "applying", tone: "chalk", glyph: "running" },
  held: { word: "held", tone: "held", glyph: "held" },
  failed: { word: "failed", tone: "failed", glyph: "failed" },
  unapplied: { word: "unapplied", tone: "held", glyph: "skipped" },
  superseded: { word: "superseded", tone: "ink", glyph: "skipped" },
  applied: { word: "applied", tone: "ok", glyph: "done" },
  closed: { word: "closed", tone: "ink", glyph: "skipped" },
};
