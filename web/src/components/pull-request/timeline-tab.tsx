import { useQuery } from "@tanstack/react-query";
import { timelineQuery } from "../../api/queries/pull-requests.ts";
import { Empty } from "../../ui/loading/empty.tsx";
import { Glyph } from "../../ui/marks/glyph.tsx";
import { Link } from "../../ui/text/link.tsx";
import { Loaded } from "../../ui/loading/loaded.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { useNow } from "../../ui/text/use-now.ts";
import { pathTo } from "../../util/path-builder.ts";
import { clockOrDate, exact } from "../../util/time.ts";
import { ActedText } from "../acted-text.tsx";
import { eventGlyph } from "../event-glyph.ts";
import "../timeline.css";

/** What happened to a pull request, newest first. */
export function TimelineTab({ number }: { number: number }) {
  const timeline = useQuery(timelineQuery(number));
  const now = useNow(60_000);
  return (
    <Panel title="Timeline" side={<Link href={pathTo.audit({ pullRequest: number })}>Audit</Link>}>
      <Loaded query={timeline} label="The timeline">
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="Nothing happened yet">Pushes, plans, approvals and runs appear here.</Empty>
          ) : (
            <ol className="timeline">
              {items.map((entry) => {
                const { glyph, tone } = eventGlyph(entry.kind);
                return (
                  <li key={entry.at + entry.text} className={`timeline__entry tone-${tone}`}>
                    <time dateTime={entry.at} title={exact(entry.at)}>
                      {clockOrDate(entry.at, now)}
                    </time>
                    <Glyph name={glyph} size={14} />
                    {entry.run === null ? (
                      <ActedText actor={entry.actor} text={entry.text} />
                    ) : (
                      <Link href={pathTo.run(entry.run)}>
                        <ActedText actor={entry.actor} text={entry.text} />
                      </Link>
                    )}
                  </li>
                );
              })}
            </ol>
          )
        }
      </Loaded>
    </Panel>
  );
}
