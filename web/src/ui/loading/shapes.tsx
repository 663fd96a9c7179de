import { useEffect, useState } from "react";
import { classes } from "../../util/format.ts";
import "./states.css";

/**
 * Shapes of what is coming, shown after 200 ms so that fast answers do not flicker. `page`: a heading, and two panels with
 * a rail beside them.
 */
export function Shapes({ lines = 3, label, page = false }: { lines?: number; label: string; page?: boolean }) {
  const [visible, setVisible] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setVisible(true), 200);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={classes("shapes", page && "shapes--page")} role="status" aria-label={`${label} is loading`}>
      {visible && (page ? <Page lines={lines} /> : <Bars lines={lines} />)}
    </div>
  );
}

function Bars({ lines }: { lines: number }) {
  return Array.from({ length: lines }, (_, line) => (
    <span key={line} className="shapes__bar" style={{ width: `${[34, 78, 64, 52][line % 4]}%` }} />
  ));
}

function Page({ lines }: { lines: number }) {
  return (
    <>
      <span className="shapes__bar shapes__title" />
      <span className="shapes__bar" style={{ width: "56%" }} />
      <div className="columns">
        <div className="stack">
          {[lines, lines].map((count, panel) => (
            // oxlint-disable-next-line react/no-array-index-key
            <div key={panel} className="panel shapes">
              <Bars lines={count} />
            </div>
          ))}
        </div>
        <div className="panel shapes">
          <Bars lines={lines} />
        </div>
      </div>
    </>
  );
}
