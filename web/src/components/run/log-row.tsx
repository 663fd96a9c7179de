import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { classes, count } from "../../util/format.ts";
import { clock, duration } from "../../util/time.ts";
import { lineTone, logPieces, type LogRow } from "./log-rows.ts";

/** One row of the log. */
export function LogRowView({
  row,
  search,
  marked,
  onToggle,
  onSelect,
}: {
  row: LogRow;
  search: string;
  marked: boolean;
  onToggle: (key: string) => void;
  onSelect: (line: number | undefined) => void;
}) {
  if (row.kind === "line") {
    const { id, at, text } = row.line;
    const tone = lineTone(text);
    return (
      <div className={classes("log__line", marked && "log__line--marked")}>
        <button
          type="button"
          className="log__number"
          onClick={() => onSelect(marked ? undefined : id)}
          aria-label={`Link to line ${id}`}
        >
          {id}
        </button>
        <span className="log__time">{clock(at, true)}</span>
        <span className={classes("log__text", tone !== undefined && `log__text--toned tone-${tone}`)}>
          {logPieces(text, search).map((piece, index) => (
            // oxlint-disable-next-line react/no-array-index-key
            <span key={index} className={piece.kind === "plain" ? undefined : `log__${piece.kind}`}>
              {piece.kind === "secret" ? "masked" : piece.text}
            </span>
          ))}
        </span>
      </div>
    );
  }
  const Chevron = row.open ? IconChevronDown : IconChevronRight;
  return (
    <button type="button" className="log__fold" aria-expanded={row.open} onClick={() => onToggle(row.key)} data-fold="">
      <Chevron size={14} stroke={1.75} aria-hidden="true" />
      <span className="log__time">{clock(row.kind === "phase" ? row.at : row.first.at, true)}</span>
      <b>{row.kind === "phase" ? row.phase : row.text}</b>
      <span className="log__count">
        {count(row.lines, "line")}
        {row.seconds >= 0.1 && `, ${duration(Math.round(row.seconds * 10) / 10)}`}
      </span>
    </button>
  );
}
