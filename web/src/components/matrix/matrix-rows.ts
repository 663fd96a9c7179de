import { severities } from "@plumbline/contract/findings";
import { workspaceStates } from "@plumbline/contract/workspace-status";
import type { AnswerOf } from "../../api/endpoints.ts";
import type { WorkspaceSummary } from "./cell-text.ts";

type Overview = AnswerOf<"getOverview">;

/** A row of the matrix: a component and its workspaces, one per environment in order; null where there is none. */
export interface MatrixRow {
  component: Overview["components"][number];
  cells: (WorkspaceSummary | null)[];
}

/** How a row is drawn: `tiles`, from 9 components 30 px `compact` rows, from 60 on also `folded` by layer. */
export function density(components: number): "tiles" | "compact" | "folded" {
  return components >= 60 ? "folded" : components >= 9 ? "compact" : "tiles";
}

/** The rows in the order main declares the components, or the worst first. */
export function matrixRows(overview: Overview, order: "layer" | "severity"): MatrixRow[] {
  const byName = new Map(
    overview.workspaces.map((workspace) => [`${workspace.component} ${workspace.environment}`, workspace]),
  );
  const rows = overview.components.map((component) => {
    const cells = overview.environments.map(({ name }) => byName.get(`${component.name} ${name}`) ?? null);
    return { component, cells };
  });
  return order === "layer" ? rows : rows.toSorted((left, right) => urgency(left) - urgency(right));
}

/** Smaller is more urgent: severe drift first, then the order in which states are shown. */
function urgency(row: MatrixRow): number {
  const ranks = row.cells.map((cell) => {
    if (cell === null) return Number.POSITIVE_INFINITY;
    if (cell.state === "drifted" && cell.severity !== null) return severities.indexOf(cell.severity);
    return severities.length + workspaceStates.indexOf(cell.state);
  });
  return Math.min(...ranks);
}
