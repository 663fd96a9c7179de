import { useId, type ReactNode } from "react";
import { classes } from "../../util/format.ts";
import "./panel.css";

/** A box of the page with its own heading. */
export function Panel({
  title,
  note,
  side,
  children,
  className,
}: {
  title: ReactNode;
  note?: ReactNode;
  side?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  const id = useId();
  return (
    <section className={classes("panel", className)} aria-labelledby={id}>
      <header className="panel__head">
        <h2 id={id}>{title}</h2>
        {note !== undefined && <span className="note">{note}</span>}
        {side !== undefined && <span className="panel__side">{side}</span>}
      </header>
      {children}
    </section>
  );
}
