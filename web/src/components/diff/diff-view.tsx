import { Fragment, useMemo, type ReactNode } from "react";
import { CodeText } from "../../ui/text/code-text.tsx";
import { classes } from "../../util/format.ts";
import { parseDiff, type DiffLine } from "../../util/diff.ts";
import "./diff-view.css";

const signs = { added: "+", removed: "−", context: " ", hunk: "" } as const;

/** A unified diff: signs and tint, changed words marked. `below` puts something under a line of the new file. */
export function DiffView({
  patch,
  below,
  onLine,
  shown,
}: {
  patch: string;
  /** A line of the new file that stands out. */
  shown?: number | undefined;
  below?: (line: number) => ReactNode;
  onLine?: (line: number) => void;
}) {
  const lines = useMemo(() => parseDiff(patch), [patch]);
  return (
    <div className="diff mono">
      {lines.map((line, index) => (
        // The lines of a diff never change their places.
        // oxlint-disable-next-line react/no-array-index-key
        <Fragment key={index}>
          <div
            className={classes(`diff__line diff__line--${line.kind}`, line.after === shown && "diff__line--shown")}
            data-line={line.after}
          >
            <span className="diff__number">{line.before}</span>
            <span className="diff__number">
              {line.after !== null && onLine !== undefined ? (
                <button
                  type="button"
                  onClick={() => onLine(line.after ?? 0)}
                  aria-label={`Comment on line ${line.after}`}
                >
                  {line.after}
                </button>
              ) : (
                line.after
              )}
            </span>
            <span className="diff__sign">{signs[line.kind]}</span>
            <span className="diff__text">
              <Pieces line={line} />
            </span>
          </div>
          {line.after !== null && below !== undefined && below(line.after)}
        </Fragment>
      ))}
    </div>
  );
}

function Pieces({ line }: { line: DiffLine }) {
  if (line.kind === "hunk") return line.pieces[0]?.text;
  return line.pieces.map(({ text, marked }, index) => (
    // oxlint-disable-next-line react/no-array-index-key
    <span key={index} className={classes(marked && `diff__word diff__word--${line.kind}`)}>
      {marked ? text : <CodeText text={text} />}
    </span>
  ));
}
