import type { AnswerOf } from "../../api/endpoints.ts";
import { Empty } from "../../ui/loading/empty.tsx";
import { Glyph } from "../../ui/marks/glyph.tsx";
import { Link } from "../../ui/text/link.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { useNow } from "../../ui/text/use-now.ts";
import { pathTo } from "../../util/path-builder.ts";
import { clockOrDate, exact } from "../../util/time.ts";
import { ActedText } from "../acted-text.tsx";
import { eventGlyph } from "../event-glyph.ts";
import "../timeline.css";

/** The audit log holds the others. */
const mostShown = 10;

/** What happened lately, newest first. */
export function Activity({ items }: { items: AnswerOf<"getOverview">["activity"] }) {
  const now = useNow(60_000);
  return (
    <Panel title="Recent activity" side={<Link href={pathTo.audit()}>Audit</Link>}>
      {items.length === 0 && <Empty title="Nothing happened yet">Runs, approvals and merges appear here.</Empty>}
      <ol className="timeline">
        {items.slice(0, mostShown).map((item) => {
          const { glyph, tone } = eventGlyph(item.kind);
          const text = <ActedText actor={item.actor} text={item.text} />;
          return (
            <li key={item.at + item.text} className={`timeline__entry tone-${tone}`}>
              <time dateTime={item.at} title={exact(item.at)}>
                {clockOrDate(item.at, now)}
              </time>
              <Glyph name={glyph} size={14} />
              {item.link === null ? text : <Link href={item.link}>{text}</Link>}
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}
