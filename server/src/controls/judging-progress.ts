import type { ControlProgress } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";

/** One report that is being made; who makes it says how far it is. */
export interface ReportUnderWay {
  /** Another environment of this step is done. */
  next(): void;
  /** The next step begins, with so many environments. */
  begin(step: ControlProgress["step"], environments: number): void;
  end(): void;
}

/** The reports that this server makes right now. */
export interface JudgingProgress {
  start(actor: Actor): ReportUnderWay;
  /** How far the one is that he asked for last; null where none is being made for him, or nothing is known of it yet. */
  of(actor: Actor): ControlProgress | null;
}

/** None yet. */
export function judgingProgress(): JudgingProgress {
  const underWay = new Set<{ owner: string; progress: ControlProgress | null }>();
  const ownerOf = ({ organizationId, kind, id }: Actor): string => [organizationId, kind, id].join(" ");
  return {
    start(actor) {
      const one: { owner: string; progress: ControlProgress | null } = { owner: ownerOf(actor), progress: null };
      underWay.add(one);
      return {
        next: () => void (one.progress &&= { ...one.progress, done: one.progress.done + 1 }),
        begin: (step, environments) => void (one.progress = { step, done: 0, environments }),
        end: () => void underWay.delete(one),
      };
    },
    of(actor) {
      const owner = ownerOf(actor);
      return [...underWay].findLast((one) => one.owner === owner)?.progress ?? null;
    },
  };
}

/** How far the report on controls is that the actor waits for. */
export function readProgress(
  { progress }: { progress: JudgingProgress },
  actor: Actor,
): { progress: ControlProgress | null } {
  authorize(actor, "environment.read");
  return { progress: progress.of(actor) };
}
