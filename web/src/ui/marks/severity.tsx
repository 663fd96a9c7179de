import type { Severity } from "@plumbline/contract/findings";
import type { ReactNode } from "react";
import { classes } from "../../util/format.ts";
import "./severity.css";

const heights = [3, 5.5, 8, 10.5];
const lit: Record<Severity, number> = { low: 1, medium: 2, high: 3, critical: 4 };

/** Four rising bars: low one, medium two, high three; critical is a full tile with four white ones. */
export function SeverityBars({ severity, size = 14 }: { severity: Severity; size?: number }) {
  const critical = severity === "critical";
  return (
    <svg className={`severity-bars tone-${severity}`} width={size} height={size} viewBox="0 0 14 14" aria-hidden="true">
      {critical && <rect width="14" height="14" rx="2.6" className="severity-bars__tile" />}
      {heights.map((height, index) => (
        <rect
          key={height}
          x={2 + index * 2.7}
          y={12 - height * (critical ? 0.9 : 1)}
          width="1.9"
          height={height * (critical ? 0.9 : 1)}
          rx="0.5"
          className={classes(
            critical ? "severity-bars__white" : index < lit[severity] ? "severity-bars__lit" : "severity-bars__unlit",
          )}
        />
      ))}
    </svg>
  );
}

/** The bars with their word, or with words that hold it, as a chip or (`plain`) as text. */
export function SeverityBadge({
  severity,
  plain = false,
  children = severity,
}: {
  severity: Severity;
  plain?: boolean;
  children?: ReactNode;
}) {
  return (
    <span className={classes("severity", `tone-${severity}`, plain && "severity--plain")}>
      <SeverityBars severity={severity} />
      {children}
    </span>
  );
}
