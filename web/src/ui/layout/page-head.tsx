import type { ReactNode } from "react";
import { classes } from "../../util/format.ts";
import "./page-head.css";

/** The head of every page: its one h1, a sentence that says what is the case, and what can be done. */
export function PageHead({
  title,
  aside,
  sentence,
  facts,
  actions,
}: {
  title: ReactNode;
  aside?: ReactNode;
  /** Null while it is not known: its line is kept, so that nothing below jumps. */
  sentence?: ReactNode;
  /** Instead of the sentence, of one thing: its state and what it belongs to, in a smaller line. */
  facts?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className={classes("page-head", facts !== undefined && "page-head--facts")}>
      <div className="page-head__text">
        <div className="page-head__title">
          <h1>{title}</h1>
          {aside}
        </div>
        {sentence !== undefined && <div className="page-head__sentence">{sentence ?? "\u00a0"}</div>}
        {facts !== undefined && <div className="page-head__facts">{facts}</div>}
      </div>
      {actions !== undefined && <div className="page-head__actions">{actions}</div>}
    </header>
  );
}
