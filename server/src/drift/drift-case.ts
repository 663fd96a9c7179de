import type { DriftCaseStatus, Finding, ResourceView, Severity } from "@plumbline/contract";

/** One line of a case's history. */
export interface TimelineEntry {
  at: string;
  text: string;
  actor: string;
}

/** A drift case as it is stored. */
export interface DriftCaseRecord {
  id: string;
  organizationId: string;
  number: number;
  workspaceId: string;
  workspace: string;
  repositoryId: string;
  repository: string;
  component: string;
  environment: string;
  status: DriftCaseStatus;
  severity: Severity;
  title: string;
  lastCleanAt: Date | null;
  openedAt: Date;
  lastSeenAt: Date;
  closedAt: Date | null;
  openedRun: number;
  lastRun: number;
  closedRun: number | null;
  resources: ResourceView[];
  findings: Finding[];
  owners: string[];
  timeline: TimelineEntry[];
  /** The pull request that reverts it, and where that stands. */
  pullRequest: { number: number; status: "open" | "merged" | "closed" } | null;
}

/** Where a case stands: a revert that was closed without a merge reverts nothing. */
export function standing(record: Pick<DriftCaseRecord, "status" | "pullRequest">): DriftCaseStatus {
  return record.status === "reverting" && record.pullRequest?.status === "closed" ? "open" : record.status;
}

/** What is the case and what comes next, in a few sentences. Instants stand beside it, for whoever shows them. */
export function caseSentence(record: DriftCaseRecord): string {
  const what = `${record.title}. ${foundWords(record)}`;
  switch (standing(record)) {
    case "open":
      return `${what} Whoever may propose to ${record.environment} opens the pull request that undoes it, or one that takes it into the code.`;
    case "reverting":
      return record.pullRequest?.status === "merged"
        ? `${what} #${record.pullRequest.number} undoes it; the case closes when a check finds nothing.`
        : `${what} #${record.pullRequest?.number ?? "?"} would undo it and waits for approval and merge.`;
    case "closed":
      return `${what} It is gone: run ${record.closedRun ?? record.lastRun} found nothing any more.`;
  }
}

/** When it was changed, as far as checks can tell. */
function foundWords({ lastCleanAt, openedAt, openedRun }: DriftCaseRecord): string {
  return lastCleanAt === null
    ? `Run ${openedRun} found it; no check before had found the workspace in line.`
    : `Run ${openedRun} found it; ${timeWords(openedAt.getTime() - lastCleanAt.getTime())} before, nothing differed.`;
}

/** A length of time for a sentence: "14 s", "6 min", "3 h", "2 days". */
export function timeWords(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  if (seconds < 90) return `${seconds} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}
