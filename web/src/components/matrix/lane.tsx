import { lanePieces } from "./lane-path.ts";
import type { WorkspaceSummary } from "./cell-text.ts";
import "./lane.css";

const x = 16;

/** Seven days of a workspace as a plumb line, newest at the bottom: straight is in line. */
export function Lane({ lane, now, height }: { lane: WorkspaceSummary["lane"]; now: number; height: number }) {
  return (
    <svg className="lane" viewBox={`0 0 33 ${height}`} height={height} width="33" aria-hidden="true">
      <path d={`M${x} 0V${height}`} className="lane__datum" />
      {lanePieces(lane, now, height, x).map(({ severity, points }) => (
        <polyline key={points} points={points} className={`lane__line tone-${severity ?? "ok"}`} />
      ))}
    </svg>
  );
}
