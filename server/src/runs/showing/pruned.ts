import type { Pruned, PrunedParts } from "@plumbline/contract/pruned";
import type { RunRecord } from "../run.ts";

/** What retention has taken of a run, for its page; nothing where everything is there. */
export function prunedOf(run: Pick<RunRecord, "finishedAt" | "logPrunedAt" | "planPrunedAt">): {
  pruned?: PrunedParts;
} {
  const log = prunedAt(run, run.logPrunedAt);
  const plan = prunedAt(run, run.planPrunedAt);
  if (log === undefined && plan === undefined) return {};
  return { pruned: { ...(log === undefined ? {} : { log }), ...(plan === undefined ? {} : { plan }) } };
}

/** When something was taken, and how many days after the run's end. */
export function prunedAt({ finishedAt }: Pick<RunRecord, "finishedAt">, at: Date | null): Pruned | undefined {
  if (at === null || finishedAt === null) return undefined;
  return { at: at.toISOString(), afterDays: Math.floor((at.getTime() - finishedAt.getTime()) / 86_400_000) };
}
