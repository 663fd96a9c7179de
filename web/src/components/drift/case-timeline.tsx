import type { Severity } from "@plumbline/contract/findings";
import { useNow } from "../../ui/text/use-now.ts";
import { classes } from "../../util/format.ts";
import { clockOrDate, exact } from "../../util/time.ts";
import { ActedText } from "../acted-text.tsx";
import { caseEvents, type CaseEvent } from "./case-events.ts";
import "./case-timeline.css";

/** A case top down: the line hangs true until the change, then beside it; closed it is true again. */
export function CaseTimeline({
  entries,
  lastCleanAt,
  closedAt,
  severity,
  pullRequest,
}: {
  entries: readonly CaseEvent[];
  lastCleanAt: string | null;
  closedAt: string | null;
  severity: Severity;
  /** The one that undoes or accepts it, once somebody has decided. */
  pullRequest: number | null;
}) {
  const now = useNow(60_000);
  const events = caseEvents(entries, lastCleanAt, closedAt);
  return (
    <ol className={`case-timeline tone-${severity}`}>
      {events.map((event) => (
        <li
          key={`${event.at} ${event.text}`}
          className={classes(
            "case-timeline__entry",
            event.out && "case-timeline__entry--out",
            event.leaves && "case-timeline__entry--leaves",
          )}
        >
          <time dateTime={event.at} title={exact(event.at)}>
            {clockOrDate(event.at, now)}
          </time>
          <span className="case-timeline__line" aria-hidden="true" />
          <span>
            <ActedText actor={event.actor} text={event.text} />
          </span>
        </li>
      ))}
      {closedAt === null && (
        <li className="case-timeline__entry case-timeline__entry--out case-timeline__entry--now">
          <span className="dim">now</span>
          <span className="case-timeline__line" aria-hidden="true">
            <svg viewBox="0 0 12 26" width="12" height="26">
              <path d="M1 0h10v4L9.400 6.600 6 26 2.600 6.600 1 4z" fill="var(--brass)" />
            </svg>
          </span>
          <span>{pullRequest === null ? "Waits for a decision" : `Waits for #${pullRequest}`}</span>
        </li>
      )}
    </ol>
  );
}
