import type { ReactNode } from "react";
import "./page-head.css";

/** The head of every page: its one h1, a sentence that says what is the case, and what can be done. */
export function PageHead({
  title,
  aside,
  sentence,
  actions,
}: {
  title: ReactNode;
  aside?: ReactNode;
  sentence?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className="page-head">
      <div className="page-head__text">
        <div className="page-head__title">
          <h1>{title}</h1>
          {aside}
        </div>
        {sentence !== undefined && <div className="page-head__sentence">{sentence}</div>}
      </div>
      {actions !== undefined && <div className="page-head__actions">{actions}</div>}
    </header>
  );
}
