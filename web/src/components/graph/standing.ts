import type { WorkspaceSummary } from "../matrix/cell-text.ts";

/** So many glyphs stand side by side in a box. */
const mostGlyphs = 6;
/** So many letters and glyphs, counted as letters, stand side by side in a box. */
const mostLetters = 26;
const glyphLetters = 4;

/**
 * Which workspaces of a component get a glyph of their own in its box, in order of promotion: all where they fit, else
 * those that are not in sync. `rest`: how many are only counted.
 */
export function standing<Workspace extends Pick<WorkspaceSummary, "state">>(
  workspaces: readonly Workspace[],
): { shown: Workspace[]; rest: number } {
  if (workspaces.length <= mostGlyphs) return { shown: [...workspaces], rest: 0 };
  const shown = workspaces.filter(({ state }) => state !== "in_sync").slice(0, mostGlyphs - 1);
  return { shown, rest: workspaces.length - shown.length };
}

/** Whether the names of the environments fit beside their glyphs. */
export function showsNames(workspaces: readonly Pick<WorkspaceSummary, "environment">[]): boolean {
  return workspaces.reduce((sum, { environment }) => sum + environment.length + glyphLetters, 0) <= mostLetters;
}
