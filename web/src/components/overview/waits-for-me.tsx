import { useState } from "react";
import type { AnswerOf } from "../../api/endpoints.ts";
import { Button } from "../../ui/buttons/button.tsx";
import { ButtonLink } from "../../ui/buttons/button-link.tsx";
import { Empty } from "../../ui/loading/empty.tsx";
import { Glyph, type GlyphName } from "../../ui/marks/glyph.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { TimeAgo } from "../../ui/text/time-ago.tsx";
import type { Tone } from "../../ui/marks/tone.ts";
import "./waits-for-me.css";

type Item = AnswerOf<"getOverview">["waitsForMe"][number];

const shapes: Record<Item["kind"], { glyph: GlyphName; tone: Tone }> = {
  drift_case: { glyph: "drifted", tone: "critical" },
  held_run: { glyph: "held", tone: "held" },
  pull_request: { glyph: "pull_request", tone: "chalk" },
  failed_run: { glyph: "failed", tone: "failed" },
  unknown_run: { glyph: "frozen", tone: "frozen" },
  overdue_check: { glyph: "unknown", tone: "ink" },
};

/** Items beyond which the others are shown when somebody asks for them. */
const mostShown = 8;

/** What waits for the person who looks, most urgent first; the first one's button is the primary one. */
export function WaitsForMe({ items }: { items: readonly Item[] }) {
  const [all, setAll] = useState(false);
  return (
    <Panel
      title="Waits for me"
      {...(items.length > 1 ? { side: <span className="small">{items.length}, most urgent first</span> } : {})}
    >
      {items.length === 0 && <Empty title="Nothing waits">Push to refs/for/main to propose a change.</Empty>}
      <ul className="waits">
        {(all ? items : items.slice(0, mostShown)).map((item, index) => {
          const { glyph, tone } = shapes[item.kind];
          return (
            <li
              key={item.link + item.title}
              className={`waits__item tone-${item.kind === "drift_case" ? (item.severity ?? tone) : tone}`}
            >
              <Glyph name={glyph} />
              <div className="waits__text">
                <h3>{item.title}</h3>
                <p className="note">
                  {item.detail}
                  {item.kind !== "drift_case" && (
                    <>
                      {" "}
                      <span className="dim waits__at">
                        · <TimeAgo at={item.at} />
                      </span>
                    </>
                  )}
                </p>
              </div>
              <ButtonLink
                href={item.link}
                variant={index === 0 ? "primary" : "default"}
                label={`${item.action}: ${item.title}`}
              >
                {item.action}
              </ButtonLink>
            </li>
          );
        })}
      </ul>
      {items.length > mostShown && (
        <div className="panel__foot">
          <Button onClick={() => setAll(!all)} aria-expanded={all}>
            {all ? "Show the most urgent" : `Show ${items.length - mostShown} more`}
          </Button>
        </div>
      )}
    </Panel>
  );
}
