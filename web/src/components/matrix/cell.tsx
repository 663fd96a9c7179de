import type { MouseEvent } from "react";
import { Glyph } from "../../ui/marks/glyph.tsx";
import { Link } from "../../ui/text/link.tsx";
import { SeverityBadge } from "../../ui/marks/severity.tsx";
import { capital, classes } from "../../util/format.ts";
import { workspaceWord } from "../state-words.ts";
import { cellHref, cellName, cellSentence, freshness, type WorkspaceSummary } from "./cell-text.ts";
import "./cell.css";

const plain = new Set(["in_sync", "waits"]);
const dashed = new Set(["never_applied", "unknown"]);

/** A workspace's tile: state, one sentence of at most two lines, freshness. `compact`: the word only where something is. */
export function Cell({
  workspace,
  now,
  compact,
  onTap,
  focusable,
}: {
  workspace: WorkspaceSummary;
  now: number;
  compact: boolean;
  /** Returns true where it showed a sheet instead of following the link. */
  onTap: (workspace: WorkspaceSummary) => boolean;
  focusable: boolean;
}) {
  const { word, tone, glyph } = workspaceWord(workspace);
  const { state, severity, progress, overdue } = workspace;
  const tap = (event: MouseEvent) => {
    if (onTap(workspace)) event.preventDefault();
  };
  const shortWord =
    state === "drifted"
      ? (severity ?? word)
      : state === "never_applied"
        ? "never"
        : progress
          ? `${progress.done} of ${progress.total}`
          : word;
  return (
    <Link
      href={cellHref(workspace)}
      onClick={tap}
      tabIndex={focusable ? 0 : -1}
      data-row=""
      data-cell={workspace.name}
      aria-label={cellName(workspace, now)}
      className={classes(
        "cell",
        `tone-${tone}`,
        compact && "cell--compact",
        plain.has(state) && "cell--plain",
        (dashed.has(state) || overdue) && "cell--dashed",
        state === "frozen" && "cell--hatched",
      )}
    >
      <span className="cell__head">
        <Glyph name={glyph} size={compact ? 15 : 16} />
        <span className="cell__word">{capital(word)}</span>{" "}
        <span className="cell__short">{compact ? shortWord : capital(shortWord)}</span>
        {state === "drifted" && severity !== null && !compact && <SeverityBadge severity={severity} plain />}
      </span>
      {!compact && (
        <>
          {" "}
          <span className="cell__sentence">{cellSentence(workspace)}</span>{" "}
          {progress !== null && (
            <span className="cell__progress">
              <span style={{ width: `${(100 * progress.done) / Math.max(1, progress.total)}%` }} />
            </span>
          )}
          <span className="cell__fresh">{freshness(workspace, now)}</span>
        </>
      )}
    </Link>
  );
}
