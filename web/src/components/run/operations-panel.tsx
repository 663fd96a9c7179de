import type { AnswerOf } from "../../api/endpoints.ts";
import { Glyph, type GlyphName } from "../../ui/marks/glyph.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import type { Tone } from "../../ui/marks/tone.ts";
import { useNow } from "../../ui/text/use-now.ts";
import { duration } from "../../util/time.ts";
import { actionSign } from "../plan/signs.ts";
import { operationRows, type OperationRow } from "./operation-rows.ts";
import "./operations-panel.css";

const shapes: Record<OperationRow["state"], { glyph: GlyphName; tone: Tone; word: string }> = {
  waits: { glyph: "waits", tone: "ink", word: "waits" },
  running: { glyph: "running", tone: "chalk", word: "running" },
  ok: { glyph: "done", tone: "ok", word: "done" },
  failed: { glyph: "failed", tone: "failed", word: "failed" },
  unfinished: { glyph: "unknown", tone: "failed", word: "did not end" },
  "not begun": { glyph: "skipped", tone: "ink", word: "not begun" },
};

/** When an apply worked on each resource: a bar per operation over the time since the first one; the same as a table. */
export function OperationsPanel({ run }: { run: AnswerOf<"getRun"> }) {
  const now = useNow(1_000);
  const { rows, total, done } = operationRows(run, now);
  if (run.operations.length === 0) return null;
  return (
    <Panel
      title="Resources"
      note={`${done} of ${rows.length} done`}
      side={<span className="small">0 s to {length(Math.max(0.1, total))}</span>}
    >
      <div className="operations" tabIndex={0} role="region" aria-label="Time of each resource">
        <table className="operations__table">
          <colgroup>
            <col className="operations__col-name" />
            <col />
            <col className="operations__col-time" />
          </colgroup>
          <thead>
            <tr>
              {["Resource", "Begins", "Takes"].map((name) => (
                <th key={name}>
                  <span className="hidden-text">{name}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.key} row={row} />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function Row({ row }: { row: OperationRow }) {
  const { glyph, tone, word } = shapes[row.state];
  const { sign, tone: signTone, words } = actionSign(row.action);
  return (
    <tr className={`tone-${tone}`}>
      <th scope="row">
        <span className="operations__name">
          <Glyph name={glyph} size={14} />
          <span className="hidden-text">
            {word}, {words}
          </span>
          <span className={`operations__sign tone-${signTone}`} aria-hidden="true">
            {sign}
          </span>
          <code title={row.address}>{row.address}</code>
        </span>
      </th>
      <td className="operations__bar">
        {row.bar !== null && (
          <>
            <svg width="100%" height="12" aria-hidden="true">
              <rect
                x={`${100 * Math.min(row.bar.from, 0.97)}%`}
                width={`${100 * Math.max(row.bar.length, 0.03)}%`}
                y="1"
                height="10"
                rx="3"
              />
              {row.state === "running" && (
                <line
                  className="operations__beat"
                  x1={`${100 * row.bar.from}%`}
                  x2={`${100 * (row.bar.from + row.bar.length)}%`}
                  y1="6"
                  y2="6"
                />
              )}
            </svg>
            <span className="hidden-text">after {length(row.begins)}</span>
          </>
        )}
      </td>
      <td className="operations__time">
        {row.bar === null || row.state === "unfinished" ? word : length(row.seconds)}
      </td>
    </tr>
  );
}

/** Most operations of small clouds end within a second: shorter than 0.1 s is said as that. */
function length(seconds: number): string {
  return seconds > 0 && seconds < 0.1 ? "< 0.1 s" : duration(Math.round(seconds * 10) / 10);
}
