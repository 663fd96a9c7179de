import { useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { classes } from "../../util/format.ts";
import { neighbour, related, type GraphLayout } from "./graph-layout.ts";
import { linePath } from "./line-path.ts";
import "./graph.css";

const box = { width: 190, height: 56, across: 258, down: 70, top: 34, left: 16 };

/**
 * Boxes from left to right with lines from what is needed to what needs it. `children` draws what stands in a box; arrow
 * keys in it follow the lines, and what is not related to the box in focus steps back.
 */
export function GraphPlane({
  layout,
  label,
  isForeign,
  children,
}: {
  layout: GraphLayout;
  label: string;
  /** Whether a box stands for something outside: it and its lines are dashed. */
  isForeign?: (name: string) => boolean;
  children: (name: string) => ReactNode;
}) {
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
    frame.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(next)}"] :is(a, [tabindex])`)?.focus();
  };
  return (
    <div className="graph" ref={frame} role="group" aria-label={label}>
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
                  (isForeign?.(from) || isForeign?.(to)) && "graph__edge--foreign",
                  near !== null && near.has(from) && near.has(to) && "graph__edge--near",
                  near !== null && !(near.has(from) && near.has(to)) && "graph__edge--far",
                )}
              />
            );
          })}
        </svg>
        {layout.nodes.map(({ name, column, row }) => (
          <div
            key={name}
            className={classes(
              "graph__box",
              isForeign?.(name) && "graph__box--foreign",
              near !== null && !near.has(name) && "graph__box--far",
            )}
            style={{ left: x(column), top: y(row), width: box.width, height: box.height }}
            data-node={name}
            onMouseEnter={() => setActive(name)}
            onMouseLeave={() => setActive(null)}
            onFocus={() => setActive(name)}
            onBlur={() => setActive(null)}
            onKeyDown={(event) => move(event, name)}
          >
            {children(name)}
          </div>
        ))}
      </div>
    </div>
  );
}
