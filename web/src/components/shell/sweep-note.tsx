import type { AnswerOf } from "../../api/endpoints.ts";
import { Glyph } from "../../ui/marks/glyph.tsx";

/** Whether drift checks run in time, and how long the log is. */
export function SweepNote({ overview }: { overview: AnswerOf<"getOverview"> }) {
  const { onTime, total } = overview.sweeps;
  const late = total - onTime;
  return (
    <div className="side-bar__foot">
      {total > 0 && (
        <span className={`inline tone-${late > 0 ? "failed" : "ok"}`}>
          <Glyph name={late > 0 ? "unknown" : "in_sync"} size={14} />
          {late > 0 ? `Sweeps late, ${late} of ${total}` : `Sweeps on time, ${onTime} of ${total}`}
        </span>
      )}
      <span className="inline tone-ok">
        <Glyph name="done" size={14} />
        Log holds {overview.log.entries.toLocaleString("en")} entries
      </span>
    </div>
  );
}
