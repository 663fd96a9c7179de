import type { PullRequest } from "./types.ts";

type Approval = PullRequest["approvals"][number];

/** What one person signed with one meaning, and what of it still counts. */
export interface ApprovalGroup {
  key: string;
  person: Approval["person"];
  meaning: string;
  /** The newest one. */
  at: string;
  digests: Approval["digests"];
}

/** A void approval with its reason. */
export interface VoidGroup {
  key: string;
  person: Approval["person"];
  reason: string;
  patchSets: number[];
  count: number;
}

/**
 * Approvals that count, one entry per person and meaning (after a merge one is signed per held run), and void ones, one
 * entry per person and reason. Newest first.
 */
export function groupApprovals(approvals: readonly Approval[]): { valid: ApprovalGroup[]; void: VoidGroup[] } {
  const valid = new Map<string, ApprovalGroup>();
  const gone = new Map<string, VoidGroup>();
  for (const approval of approvals.toSorted((left, right) => right.at.localeCompare(left.at))) {
    const { person, meaning, at, digests, voidAt, voidReason, patchSet } = approval;
    if (voidAt === null) {
      const key = JSON.stringify([person.name, meaning]);
      const group = valid.get(key);
      if (group === undefined) valid.set(key, { key, person, meaning, at, digests: [...digests] });
      else group.digests = [...group.digests, ...digests];
    } else {
      const reason = voidReason ?? "Withdrawn.";
      const key = JSON.stringify([person.name, reason]);
      const group = gone.get(key) ?? { key, person, reason, patchSets: [], count: 0 };
      if (!group.patchSets.includes(patchSet)) group.patchSets.push(patchSet);
      group.count++;
      gone.set(key, group);
    }
  }
  return { valid: [...valid.values()], void: [...gone.values()] };
}
