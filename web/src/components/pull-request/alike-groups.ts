import type { AffectedWorkspace } from "./types.ts";

/** From so many affected workspaces on, those with equal plans are one row. */
const many = 20;

/** Workspaces that stand the same: one row, or one that unfolds. In the order of the first of each. */
export interface AlikeGroup {
  first: AffectedWorkspace;
  /** Place of the first in the order they are applied, from 1. */
  place: number;
  others: { item: AffectedWorkspace; place: number }[];
}

/**
 * Puts workspaces together whose plans do the same to the same attributes, with as many findings, and that are as far; while
 * there is no plan yet, those that are as far. Few are each their own group.
 */
export function alikeGroups(affected: readonly AffectedWorkspace[]): AlikeGroup[] {
  const groups = new Map<string, AlikeGroup>();
  for (const [index, item] of affected.entries()) {
    const key = affected.length < many ? item.workspace : standing(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: item, place: index + 1, others: [] });
    else group.others.push({ item, place: index + 1 });
  }
  return [...groups.values()];
}

/** Which of the others are rows: all where the group is unfolded, else the one whose plan is shown. */
export function shownOf({ others }: AlikeGroup, unfolded: boolean, selected: string | undefined): AlikeGroup["others"] {
  return unfolded ? others : others.filter(({ item }) => item.workspace === selected);
}

function standing(item: AffectedWorkspace): string {
  const { shape, runStatus, applyStatus, relation, provisional, counts, findings, blocking, workspace, engineChange } =
    item;
  const apart = runStatus === "failed" || applyStatus === "failed" || (shape === undefined && runStatus === "finished");
  return JSON.stringify([
    apart ? workspace : shape,
    runStatus,
    applyStatus,
    relation,
    provisional,
    counts,
    findings,
    blocking,
    engineChange,
  ]);
}
