import type { PullRequestPurpose, PullRequestStatus } from "@plumbline/contract";
import type { CommitPerson } from "./patch-sets/commit-people.ts";

/** A pull request as stored. */
export interface PullRequestRecord {
  organizationId: string;
  id: string;
  number: number;
  repositoryId: string;
  purpose: PullRequestPurpose;
  status: PullRequestStatus;
  title: string;
  description: string;
  ticket: string | null;
  topic: string | null;
  /** Null: the system opened it. */
  openedBy: string | null;
  openedAt: Date;
  /** Names of the workspaces that one without commits plans; null for one with commits. */
  workspaces: string[] | null;
  revertsNumber: number | null;
  driftCase: number | null;
  mergedAt: Date | null;
  mergedBy: string | null;
  mergeCommit: string | null;
  mergeSequence: number | null;
  closedAt: Date | null;
  closedBy: string | null;
}

/** A commit of a patch set, as shown. */
export interface PatchSetCommit {
  id: string;
  subject: string;
  author: string;
  address: string;
}

/** A mistake in the change, with its place. */
export interface PatchSetProblem {
  message: string;
  file: string;
  line: number | null;
  column: number | null;
  proposal: string | null;
}

/** One pushed version of a pull request. */
export interface PatchSetRecord {
  id: string;
  pullRequestId: string;
  number: number;
  /** What was pushed; main's own tip where there are no commits. */
  commit: string;
  /** Main when it was planned. */
  base: string;
  /** The trial merge of both; null where they conflict. */
  trialCommit: string | null;
  conflicts: string[] | null;
  changedPaths: string[];
  /** What differs between the old and the new pin of an environment. */
  promotedPaths: string[];
  filesDigest: string;
  commits: PatchSetCommit[];
  /** Whoever stands in its commits and in those that its pins take over, each address and reason once. */
  addresses: CommitPerson[];
  problems: PatchSetProblem[];
  pushedBy: string | null;
  createdAt: Date;
  /** The trial merge by whose policies a replay was begun; null where none was. */
  replayedCommit: string | null;
}

/** Why somebody counts as a contributor and cannot approve. */
type ContributorReason = "opened" | "pushed" | "authored" | "committed" | "co_authored";

export interface Contributor {
  personId: string;
  reason: ContributorReason;
}

/** A workspace that a patch set touches, in the order in which it will be applied. */
export interface AffectedRecord {
  patchSetId: string;
  workspaceId: string;
  /** `network/prod`, by its row's present name. */
  workspace: string;
  component: string;
  environment: string;
  layer: string;
  declared: boolean;
  /** The version that it is planned over; `proposedVersion` where a state is only proposed for it. */
  stateVersion: number | null;
  /** The number of the open pull request that proposes that state; null where none does. */
  stateFrom: number | null;
  position: number;
  stage: number;
  relation: "changed" | "downstream" | "removed";
  touchedPaths: string[];
  codeCommit: string;
  valuesCommit: string;
  /** Null where it cannot be planned before the merge. */
  inputTree: string | null;
  destroy: boolean;
  /** Ids of the workspaces that go before it. */
  needs: string[];
  runId: string | null;
  approvedDigest: string | null;
}

/** A workspace's plan that an approval names. */
export interface ApprovedDigest {
  workspace: string;
  digest: string;
}

/** A signed yes. */
export interface ApprovalRecord {
  id: string;
  pullRequestId: string;
  patchSetId: string;
  patchSet: number;
  personId: string;
  meaning: string;
  digests: ApprovedDigest[];
  filesDigest: string;
  statement: string;
  signature: Buffer;
  keyId: string;
  createdAt: Date;
  voidAt: Date | null;
  voidReason: string | null;
}
