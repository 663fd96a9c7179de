import type { Severity } from "@plumbline/contract/findings";
import { offset } from "./lane-path.ts";
import "./bob.css";

/** The brass bob at the foot of an environment; it hangs at the environment's worst open drift. */
export function Bob({ worst }: { worst: Severity | null }) {
  return (
    <svg className="bob" viewBox="0 0 33 46" width="33" height="46" aria-hidden="true">
      <path d="M16 0V46" className="lane__datum" />
      <g className="bob__hang" style={{ transform: `translateX(${offset(worst)}px)` }}>
        <path d="M16 0v12" className={`lane__line tone-${worst ?? "ok"}`} />
        <path d="M11 11h10v4l-1.6 2.6L16 38l-3.4-20.4L11 15z" fill="var(--brass)" />
      </g>
    </svg>
  );
}
