import type { AnswerOf } from "../api/endpoints.ts";
import { Badge } from "../ui/marks/badge.tsx";
import { Link } from "../ui/text/link.tsx";
import { TimeAgo } from "../ui/text/time-ago.tsx";
import "../ui/lists/table.css";

type Notification = AnswerOf<"listNotifications">["items"][number];

/** A link of a notification as an address of this site; absolute ones keep their path. */
function inside(link: string): string {
  return link.startsWith("/") ? link : (URL.parse(link)?.pathname ?? "/");
}

/** "mail to owner@acme.example"; of a channel with one address its name says enough. */
function wayOf({ channel, address }: Notification["deliveries"][number]): string {
  return address.includes("@") ? `${channel} to ${address}` : channel;
}

/** What was sent to whom, and whether it arrived. */
export function NotificationsTable({ items }: { items: readonly Notification[] }) {
  return (
    <div className="table-wrap" style={{ maxHeight: 420 }}>
      <table className="table table--rows">
        <thead>
          <tr>
            <th>When</th>
            <th>What</th>
            <th>To</th>
            <th>Deliveries</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id} className="table__row">
              <td>
                <TimeAgo at={item.at} />
              </td>
              <td>
                <Link href={inside(item.link)} className="table__link">
                  {item.subject}
                </Link>
              </td>
              <td data-word="to">
                {item.recipients.length === 0 ? <span className="dim">nobody</span> : item.recipients.join(", ")}
              </td>
              <td>
                <span className="wrap">
                  {item.deliveries.length === 0 && <span className="dim">no channel tells of it</span>}
                  {item.deliveries.map((delivery) => (
                    <span key={`${delivery.channel} ${delivery.address}`} className="inline">
                      {delivery.deliveredAt === null ? (
                        <Badge
                          tone={delivery.lastError === null ? "ink" : "failed"}
                          glyph={delivery.lastError === null ? "waits" : "failed"}
                        >
                          {wayOf(delivery)}, attempt {delivery.attempts}
                          {delivery.lastError !== null && `: ${delivery.lastError}`}
                        </Badge>
                      ) : (
                        <Badge tone="ok" glyph="done">
                          {wayOf(delivery)}
                        </Badge>
                      )}
                    </span>
                  ))}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
