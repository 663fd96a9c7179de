import { useMemo, useRef, useState, type KeyboardEvent } from "react";
import type { AnswerOf } from "../../api/endpoints.ts";
import { Glyph } from "../../ui/glyph.tsx";
import { Link } from "../../ui/link.tsx";
import { classes } from "../../util/format.ts";
import { pathTo } from "../../util/path-builder.ts";
import type { WorkspaceSummary } from "../matrix/cell-text.ts";
import { workspaceWord } from "../state-words.ts";
import { layOut, neighbour, related } from "./graph-layout.ts";
import { linePath } from "./line-path.ts";
import "./graph.css";

type Component = AnswerOf<"listRepositories">["items"][number]["components"][number];

const box = { width: 190, height: 56, across: 258, down: 70, top: 34, left: 16 };

/** Components by layer, and what needs what. Each box is a link; arrow keys follow the lines. */
export function ComponentGraph({
  components,
  layers,
  workspaces,
}: {
  components: readonly Component[];
  layers: readonly string[];
  workspaces: readonly WorkspaceSummary[];
}) {
  const layout = useMemo(() => layOut(components, layers), [components, layers]);
  const [active, setActive] = useState<string | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const near = useMemo(() => (active === null ? null : related(active, layout.edges)), [active, layout]);
  const at = new Map(layout.nodes.map((node) => [node.name, node]));
  const x = (column: number) => box.left + column * box.across;
  const y = (row: number) => box.top + row * box.down;
  const size = { width: x(layout.columns) - box.across + box.width + box.left, height: y(layout.rows) };
  const move = (event: KeyboardEvent, name: string) => {
    const next = neighbour(layout, name, event.key);
    if (next === undefined) return;
    event.preventDefault();
    frame.current?.querySelector<HTMLElement>(`[data-component="${CSS.escape(next)}"] a`)?.focus();
  };
  return (
    <div className="graph" ref={frame} role="group" aria-label="Components and what they need">
      <div className="graph__plane" style={size}>
        <svg width={size.width} height={size.height} aria-hidden="true">
          {layout.bands.map(({ layer, from }, index) => (
            <g key={layer}>
              {index > 0 && (
                <path d={`M${x(from) - (box.across - box.width) / 2} 0V${size.height}`} className="graph__band" />
              )}
              <text x={x(from)} y={18} className="graph__layer">
                {layer}
              </text>
            </g>
          ))}
          {layout.edges.map(({ from, to }) => {
            const [left, right] = [at.get(from), at.get(to)];
            if (left === undefined || right === undefined) return null;
            const start = { x: x(left.column) + box.width, y: y(left.row) + box.height / 2 };
            const end = { x: x(right.column) - 5, y: y(right.row) + box.height / 2 };
            const channel = y(left.row) + box.height + (box.down - box.height) / 2;
            const line = linePath(start, end, right.column - left.column > 1 ? channel : null, box.across - box.width);
            return (
              <path
                key={`${from} ${to}`}
                d={`${line}m-5 -3.5l5 3.5l-5 3.5`}
                className={classes(
                  "graph__edge",
                  near !== null && near.has(from) && near.has(to) && "graph__edge--near",
                  near !== null && !(near.has(from) && near.has(to)) && "graph__edge--far",
                )}
              />
            );
          })}
        </svg>
        {layout.nodes.map(({ name, column, row }) => (
          <Box
            key={name}
            name={name}
            style={{ left: x(column), top: y(row), width: box.width, height: box.height }}
            workspaces={workspaces.filter(({ component }) => component === name)}
            far={near !== null && !near.has(name)}
            onActive={(on) => setActive(on ? name : null)}
            onKey={(event) => move(event, name)}
          />
        ))}
      </div>
    </div>
  );
}

/** A component with how it stands in each environment. */
function Box({
  name,
  style,
  workspaces,
  far,
  onActive,
  onKey,
}: {
  name: string;
  style: React.CSSProperties;
  workspaces: readonly WorkspaceSummary[];
  far: boolean;
  onActive: (on: boolean) => void;
  onKey: (event: KeyboardEvent) => void;
}) {
  return (
    <div
      className={classes("graph__box", far && "graph__box--far")}
      style={style}
      data-component={name}
      onMouseEnter={() => onActive(true)}
      onMouseLeave={() => onActive(false)}
      onFocus={() => onActive(true)}
      onBlur={() => onActive(false)}
      onKeyDown={onKey}
    >
      <b className="graph__name" title={name}>
        {name}
      </b>
      <span className="graph__states">
        {workspaces.map((workspace) => {
          const state = workspaceWord(workspace);
          const drift = workspace.state === "drifted" && workspace.severity !== null ? `, ${workspace.severity}` : "";
          const label = `${name}, ${workspace.environment}: ${state.word}${drift}`;
          return (
            <Link
              key={workspace.name}
              href={pathTo.workspace(workspace.name)}
              className={`graph__state tone-${state.tone}`}
              aria-label={label}
              title={label}
            >
              <Glyph name={state.glyph} size={14} />
              <span className="graph__environment">{workspace.environment}</span>
            </Link>
          );
        })}
      </span>
    </div>
  );
}
