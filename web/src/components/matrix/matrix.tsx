import { IconPin } from "@tabler/icons-react";
import {
  Fragment,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  lazy,
  Suspense,
} from "react";
import { clientOf } from "@plumbline/contract/access";
import type { AnswerOf } from "../../api/endpoints.ts";
import { useNow } from "../../ui/text/use-now.ts";
import { classes, list, short } from "../../util/format.ts";
import { byClient } from "../../util/by-client.ts";
import { Bob } from "./bob.tsx";
import { Cell } from "./cell.tsx";
import type { WorkspaceSummary } from "./cell-text.ts";
import { Lane } from "./lane.tsx";
import { lanePieces } from "./lane-path.ts";
import { density, matrixRows, type MatrixRow } from "./matrix-rows.ts";
import "./matrix.css";

type Overview = AnswerOf<"getOverview">;

const CellSheet = lazy(async () => ({ default: (await import("./cell-sheet.tsx")).CellSheet }));

const steps: Record<string, [number, number]> = {
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
};

/** Components by environments: each environment is a plumb line with a bob at its foot. Arrow keys move. */
export function Matrix({
  overview: found,
  order,
  foot,
}: {
  overview: Overview;
  order: "layer" | "severity";
  /** What stands below the rows: which of how many they are. */
  foot?: ReactNode;
}) {
  const overview = { ...found, environments: byClient(found.environments) };
  const now = useNow();
  const grid = useRef<HTMLDivElement>(null);
  const [sheet, setSheet] = useState<WorkspaceSummary | null>(null);
  const size = density(overview.matrix.total);
  const rows = matrixRows(overview, order);
  const firstCell = rows.flatMap(({ cells }) => cells).find((cell) => cell !== null)?.name;

  const move = (event: KeyboardEvent) => {
    const step = steps[event.key];
    const here = event.target instanceof HTMLElement ? event.target.closest("[data-at]") : null;
    if (step === undefined || here === null) return;
    const [row = 0, column = 0] = (here.getAttribute("data-at") ?? "").split(",").map(Number);
    const cellAt = (count: number) =>
      grid.current?.querySelector<HTMLElement>(`[data-at="${row + count * step[0]},${column + count * step[1]}"]`);
    // Where a component does not exist there is nothing to stop at.
    for (let count = 1, cell = cellAt(1); cell instanceof HTMLElement; cell = cellAt(++count)) {
      const next = cell.querySelector("a");
      if (next === null) continue;
      event.preventDefault();
      return next.focus();
    }
  };
  const tap = (workspace: WorkspaceSummary) => {
    if (!window.matchMedia("(max-width: 767px)").matches) return false;
    setSheet(workspace);
    return true;
  };

  return (
    <div className={classes("matrix", `matrix--${size}`, overview.environments.length > 6 && "matrix--many")}>
      <div
        className="matrix__grid"
        role="grid"
        aria-label="Components by environments"
        ref={grid}
        onKeyDown={move}
        style={columns(overview.environments.length)}
        tabIndex={-1}
      >
        <div className="matrix__row matrix__row--head" role="row">
          <div role="columnheader" className="matrix__corner">
            <span className="hidden-text">Component</span>
          </div>
          {overview.environments.map((environment, column) => (
            <div key={environment.name} role="columnheader" className="matrix__environment">
              <svg className="matrix__nail" viewBox="0 0 33 18" width="33" height="18" aria-hidden="true">
                <path d="M16 2v16" className={stem(rows[0]?.cells[column] ?? null, now)} />
                <path d="M9.5 1h13" />
              </svg>
              <EnvironmentName name={environment.name} />
              <span className="small inline">
                {environment.pin === null ? (
                  "Follows main"
                ) : (
                  <>
                    <IconPin size={12} stroke={1.75} aria-hidden="true" />
                    {environment.pin.label ?? short(environment.pin.ref)}
                    {environment.behind > 0 && `, ${environment.behind} behind`}
                  </>
                )}
              </span>
            </div>
          ))}
        </div>
        {rows.map((row, rowIndex) => (
          <Fragment key={row.component.name}>
            <div className="matrix__row" role="row">
              <RowHead row={row} compact={size !== "tiles"} />
              {row.cells.map((cell, column) => (
                <div
                  key={overview.environments[column]?.name}
                  role="gridcell"
                  className="matrix__cell"
                  data-at={`${rowIndex},${column}`}
                >
                  <Lane lane={cell?.lane ?? []} now={now} height={size === "tiles" ? 122 : 30} />
                  {cell === null ? (
                    <span className="matrix__absent">not here</span>
                  ) : (
                    <Cell
                      workspace={cell}
                      now={now}
                      compact={size !== "tiles"}
                      onTap={tap}
                      focusable={cell.name === firstCell}
                    />
                  )}
                </div>
              ))}
            </div>
          </Fragment>
        ))}
        <div className="matrix__row matrix__row--foot" role="row">
          <div role="rowheader" className="matrix__component small">
            <span>
              Last 7 days,
              <br />
              now at the bottom
            </span>
          </div>
          {overview.environments.map(({ name, inSync, total, foot, worst }) => (
            <div key={name} role="gridcell" className="matrix__foot">
              <Bob worst={worst} />
              <div>
                <b className={classes(worst === "critical" && "matrix__bad")}>
                  {inSync} of {total} <span className="matrix__wide">in sync</span>
                </b>
                <span className="small">{foot}</span>
              </div>
            </div>
          ))}
        </div>
      </div>
      {foot}
      {sheet !== null && (
        <Suspense fallback={null}>
          <CellSheet workspace={sheet} now={now} onClose={() => setSheet(null)} />
        </Suspense>
      )}
    </div>
  );
}

/** Between the nail and the first row the line goes on as that row begins: seven days ago it may not have been there. */
function stem(first: WorkspaceSummary | null, now: number): string {
  const [oldest] = lanePieces(first?.lane ?? [], now, 122, 0);
  return oldest?.points.split(" ")[0] === "0,0" ? "lane__line tone-ok" : "lane__datum";
}

/** An environment's name under that of its client, where it has one. */
function EnvironmentName({ name }: { name: string }) {
  const client = clientOf(name);
  if (client === undefined) return <b>{name}</b>;
  return (
    <>
      <span className="matrix__client">{client}</span>
      <b>{name.slice(client.length + 1)}</b>
    </>
  );
}

function RowHead({ row, compact }: { row: MatrixRow; compact: boolean }) {
  const { name, layer, dependsOn } = row.component;
  return (
    <div role="rowheader" className="matrix__component">
      <span className="matrix__layer">{layer}</span>
      <b>{name}</b>
      {!compact && (
        <span className="small matrix__needs">
          {dependsOn.length === 0 ? "No dependencies" : `Needs ${list(dependsOn)}`}
        </span>
      )}
    </div>
  );
}

function columns(environments: number): CSSProperties {
  const style: Record<string, number> = { "--environments": environments };
  return style;
}
