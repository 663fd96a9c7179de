import type { AnswerOf } from "../api/endpoints.ts";
import { ActedText } from "../components/acted-text.tsx";
import { Avatar } from "../ui/marks/avatar.tsx";
import { useNow } from "../ui/text/use-now.ts";
import { classes } from "../util/format.ts";
import { clock, date, exact } from "../util/time.ts";
import "../ui/lists/table.css";
import "./audit-table.css";

export type AuditEvent = AnswerOf<"listAuditEvents">["items"][number];

/** Entries of the log, newest first; the row opens its details. */
export function AuditTable({
  items,
  selected,
  onSelect,
}: {
  items: readonly AuditEvent[];
  selected: number | undefined;
  onSelect: (sequence: number) => void;
}) {
  const now = useNow(60_000);
  return (
    <div className="table-wrap">
      <table className={classes("table table--rows audit-table", selected !== undefined && "audit-table--narrow")}>
        <thead>
          <tr>
            <th>Entry</th>
            <th>Time</th>
            <th>Who</th>
            <th>Did</th>
            <th>To</th>
            <th className="audit-table__through">Through</th>
          </tr>
        </thead>
        <tbody>
          {items.map((event) => (
            <tr
              key={event.sequence}
              className={classes("table__row", event.sequence === selected && "table__row--selected")}
            >
              <td>
                <button
                  type="button"
                  className="audit-table__open"
                  aria-pressed={event.sequence === selected}
                  onClick={() => onSelect(event.sequence)}
                  data-row=""
                >
                  {event.sequence.toLocaleString("en")}
                </button>
              </td>
              <td>
                <time dateTime={event.at} title={exact(event.at)} className="audit-table__time">
                  {new Date(event.at).toDateString() === new Date(now).toDateString()
                    ? clock(event.at, true)
                    : `${date(event.at, now)} ${clock(event.at, true)}`}
                </time>
              </td>
              <td>
                <span className="inline">
                  <Avatar name={event.actor.name} />
                  <b>{event.actor.name}</b>
                </span>
              </td>
              <td className="table__clip table__wide" title={event.text}>
                <ActedText
                  actor={event.actor.name}
                  text={event.text.startsWith(`${event.actor.name} `) ? withoutActor(event) : event.text}
                />
              </td>
              <td className="table__main">
                {event.workspace ?? (event.pullRequest === null ? (event.environment ?? "") : `#${event.pullRequest}`)}
              </td>
              <td className="audit-table__through">{through(event)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The sentence without the actor: he stands in the column before. */
function withoutActor(event: AuditEvent): string {
  const rest = event.text.slice(event.actor.name.length + 1);
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

function through({ run, pullRequest, workspace }: AuditEvent): string {
  const parts = [
    run === null ? null : `run ${run}`,
    pullRequest === null || workspace === null ? null : `#${pullRequest}`,
  ].filter((part) => part !== null);
  return parts.join(", ");
}
