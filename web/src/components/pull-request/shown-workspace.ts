import type { AffectedWorkspace } from "./types.ts";

/** The workspace whose plan is shown: the one in the address, else the first that blocks, else the first with a plan. */
export function shownWorkspace(
  affected: readonly AffectedWorkspace[],
  selected: string | undefined,
): AffectedWorkspace | undefined {
  return (
    affected.find(({ workspace }) => workspace === selected) ??
    affected.find(({ blocking }) => blocking > 0) ??
    affected.find(({ runStatus }) => runStatus === "failed") ??
    affected.find(({ run }) => run !== null) ??
    affected[0]
  );
}
