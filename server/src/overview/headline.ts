import type { Overview, Severity, WorkspaceState, WorkspaceSummary } from "@plumbline/contract";
import { compareSeverity } from "@plumbline/contract";

/** What of a workspace counts here. */
type Standing = Pick<WorkspaceSummary, "environment" | "state" | "severity">;

/** What a state is called within a count: "2 drifted, 1 frozen". */
const words: Record<Exclude<WorkspaceState, "in_sync">, string> = {
  frozen: "frozen",
  failed: "failed",
  drifted: "drifted",
  held: "held",
  running: "running",
  unknown: "unknown",
  waits: "waiting",
  unapplied: "unapplied",
  never_applied: "never applied",
};

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** "5 of 12 workspaces are in sync". */
export function headline({ total, inSync }: { total: number; inSync: number }): string {
  if (total === 0) return "No workspaces yet";
  if (inSync === total) return `All ${plural(inSync, "workspace is", "workspaces are")} in sync`;
  return `${inSync} of ${plural(total, "workspace is", "workspaces are")} in sync`;
}

/** What needs somebody, worst first, then whether everything was verified in time: `total` workspaces, these and those in sync. */
export function sentence(
  { workspaces, total }: { workspaces: readonly Standing[]; total: number },
  sweeps: Overview["sweeps"],
  now: Date,
): string {
  const parts: string[] = [];
  const drifted = workspaces.filter(({ state }) => state === "drifted");
  const worst = worstOf(drifted);
  if (worst !== null) {
    const count = drifted.filter(({ severity }) => severity === worst).length;
    const where = [
      ...new Set(drifted.filter(({ severity }) => severity === worst).map(({ environment }) => environment)),
    ].join(", ");
    parts.push(
      `${plural(count, `${worst} drift`, `${worst} drifts`)} in ${where} ${count === 1 ? "needs" : "need"} a decision.`,
    );
  }
  const stopped = workspaces.filter(({ state }) => state === "failed" || state === "frozen" || state === "held");
  if (stopped.length > 0) parts.push(`${tally(stopped)}.`);
  const late = sweeps.total - sweeps.onTime;
  if (late > 0) parts.push(`${plural(late, "workspace was", "workspaces were")} not verified in time.`);
  else if (sweeps.total > 0 && sweeps.lastAt !== null) {
    const applied = total - workspaces.filter(({ state }) => state === "never_applied").length;
    // What was applied a moment ago waits for its first check.
    const told = sweeps.total < applied ? "No check is late" : "Everything was verified within its deadline";
    parts.push(`${told}, last sweep ${ago(now.getTime() - Date.parse(sweeps.lastAt))} ago.`);
  }
  return parts.join(" ");
}

/** "2 drifted, 1 frozen"; empty where all are in sync. */
export function tally(workspaces: readonly Standing[]): string {
  return Object.entries(words)
    .flatMap(([state, word]) => {
      const count = workspaces.filter((workspace) => workspace.state === state).length;
      return count === 0 ? [] : [`${count} ${word}`];
    })
    .join(", ");
}

/** The worst severity among drifted workspaces. */
export function worstOf(workspaces: readonly Standing[]): Severity | null {
  const found = workspaces.flatMap(({ state, severity }) =>
    state === "drifted" && severity !== null ? [severity] : [],
  );
  return found.sort(compareSeverity)[0] ?? null;
}

function ago(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 90) return `${seconds} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
