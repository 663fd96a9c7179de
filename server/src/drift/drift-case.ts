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

/** What is the case and what comes next, in one or two sentences. */
export function caseSentence(record: DriftCaseRecord): string {
  const since =
    record.lastCleanAt === null
      ? `found at ${record.openedAt.toISOString()}`
      : `changed between ${record.lastCleanAt.toISOString()} and ${record.openedAt.toISOString()}`;
  switch (standing(record)) {
    case "open":
      return `${record.title}, ${since}. Whoever may propose to ${record.environment} opens the pull request that undoes it, or one that takes it into the code.`;
    case "reverting":
      return record.pullRequest?.status === "merged"
        ? `${record.title}, ${since}. #${record.pullRequest.number} undoes it; the case closes when a check finds nothing.`
        : `${record.title}, ${since}. #${record.pullRequest?.number ?? "?"} would undo it and waits for approval and merge.`;
    case "closed":
      return `${record.title}, ${since}; gone since run ${record.closedRun ?? record.lastRun} found nothing.`;
  }
}
