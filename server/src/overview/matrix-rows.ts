import type { Overview, Severity, WorkspaceState } from "@plumbline/contract";
import { severities, workspaceStates } from "@plumbline/contract";

/** From so many components on, or so many workspaces, the matrix shows only the components that need somebody. */
const many = 60;
const manyCells = 500;
/** How many workspaces it shows at most, in whole rows; at least some rows. */
const mostCells = 300;
const leastRows = 10;
/** How many rows of all at a time. */
const rowsAtOnce = 50;

interface Cell {
  component: string;
  state: WorkspaceState;
  severity: Severity | null;
}

/**
 * Which components the matrix shows, in which order, and what is said of the others. `cells` are at least those that are
 * not in sync, `workspaces` how many there are with the others.
 */
export function matrixRows<Component extends { name: string }>(
  components: readonly Component[],
  { cells, workspaces }: { cells: readonly Cell[]; workspaces: number },
  from: number | undefined,
): { shown: Component[]; matrix: Overview["matrix"] } {
  const worst = new Map<string, number>();
  for (const cell of cells) {
    const rank = urgency(cell);
    if (rank < (worst.get(cell.component) ?? inSync)) worst.set(cell.component, rank);
  }
  const troubled = components.filter(({ name }) => worst.has(name));
  const counts = { total: components.length, inSync: components.length - troubled.length };
  if (from !== undefined) {
    const until = from + rowsAtOnce;
    const next = until < components.length ? until : null;
    return { shown: components.slice(from, until), matrix: { ...counts, folded: false, next } };
  }
  if (components.length < many && workspaces < manyCells)
    return { shown: [...components], matrix: { ...counts, folded: false, next: null } };
  const rank = ({ name }: Component): number => worst.get(name) ?? inSync;
  const shown = troubled
    .toSorted((one, other) => rank(one) - rank(other))
    .slice(0, rowsOf(components.length, workspaces));
  return { shown, matrix: { ...counts, folded: true, next: null } };
}

function rowsOf(components: number, workspaces: number): number {
  return Math.max(leastRows, Math.floor((mostCells * components) / Math.max(1, workspaces)));
}

const inSync = severities.length + workspaceStates.indexOf("in_sync");

/** Smaller is more urgent: severe drift first, then the order in which states are shown. */
function urgency({ state, severity }: Cell): number {
  if (state === "drifted" && severity !== null) return severities.indexOf(severity);
  return severities.length + workspaceStates.indexOf(state);
}
