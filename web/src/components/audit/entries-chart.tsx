import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import type { InputOf } from "../../api/endpoints.ts";
import { auditCountsQuery } from "../../api/queries/audit.ts";
import { count } from "../../util/format.ts";
import { exact } from "../../util/time.ts";
import { barsOf, stepWord } from "./chart-bars.ts";
import "./entries-chart.css";

/** How many entries fit over time; a bar narrows the list to its step. */
export function EntriesChart({
  filter,
  onNarrow,
}: {
  filter: NonNullable<InputOf<"countAuditEvents">["query"]>;
  onNarrow: (from: Date, to: Date) => void;
}) {
  const id = useId();
  const { data } = useQuery(auditCountsQuery(filter));
  if (data === undefined || data.total === 0) return null;
  const bars = barsOf(data);
  return (
    <section className="entries-chart" aria-labelledby={id}>
      <h2 id={id}>Entries per {stepWord(data.stepSeconds)}</h2>
      <div className="entries-chart__bars">
        {bars.map(({ from, to, entries, percent }) => (
          <button
            key={from.toISOString()}
            type="button"
            className="entries-chart__bar"
            disabled={entries === 0}
            title={`${exact(from.toISOString())}: ${count(entries, "entry", "entries")}`}
            aria-label={`${count(entries, "entry", "entries")} from ${exact(from.toISOString())}`}
            onClick={() => onNarrow(from, to)}
          >
            <i style={{ height: `${percent}%` }} />
          </button>
        ))}
      </div>
      <div className="entries-chart__times small" aria-hidden="true">
        {bars.map(({ from, label }) => (
          <span key={from.toISOString()}>{label}</span>
        ))}
      </div>
    </section>
  );
}
