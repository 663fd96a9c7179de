import type { AnswerOf } from "../../api/endpoints.ts";
import { ago } from "../../util/time.ts";
import { count } from "../../util/format.ts";
import { pathTo } from "../../util/path-builder.ts";
import { workspaceWord } from "../state-words.ts";

export type WorkspaceSummary = AnswerOf<"listWorkspaces">["items"][number];

/** What is the case, in at most two lines: while something is done, how much of it. */
export function cellSentence({ progress, sentence }: WorkspaceSummary): string {
  return progress === null ? sentence : `${progress.done} of ${count(progress.total, "resource")}`;
}

/** The last line of a cell: how fresh it is, or what is being done. */
export function freshness(workspace: WorkspaceSummary, now: number): string {
  if (workspace.state === "running" || workspace.state === "waits")
    return [
      workspace.run === null ? null : `Run ${workspace.run}`,
      workspace.pullRequest === null ? null : `from #${workspace.pullRequest}`,
    ]
      .filter(Boolean)
      .join(", ");
  if (workspace.verifiedAt === null)
    return workspace.state === "never_applied" ? "Nothing to verify" : "Not verified yet";
  const verified = ago(workspace.verifiedAt, now);
  if (workspace.overdue) return `Overdue, verified ${verified}`;
  if (workspace.driftCase !== null && workspace.state === "drifted") return `Case ${workspace.driftCase} · ${verified}`;
  return `Verified ${verified}`;
}

/** A cell's name for a screen reader: "database, prod: drifted, critical, port 5432 is open, verified 4 min ago". */
export function cellName(workspace: WorkspaceSummary, now: number): string {
  const { component, environment, severity, state } = workspace;
  const words = [
    workspaceWord(workspace).word,
    state === "drifted" ? severity : null,
    lowerFirst(cellSentence(workspace)),
    lowerFirst(freshness(workspace, now)),
  ];
  return `${component}, ${environment}: ${words.filter((word) => word !== null && word !== "").join(", ")}`;
}

/** Where a cell leads: to what needs somebody, else to the workspace. */
export function cellHref(workspace: WorkspaceSummary): string {
  const { state, driftCase, run } = workspace;
  if (state === "drifted" && driftCase !== null) return pathTo.driftCase(driftCase);
  if (["running", "failed", "held", "waits"].includes(state) && run !== null) return pathTo.run(run);
  return pathTo.workspace(workspace);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
