import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import type { AnswerOf } from "../api/endpoints.ts";
import { SeverityBars } from "../ui/marks/severity.tsx";
import { classes } from "../util/format.ts";
import "../ui/lists/table.css";
import "./rules-table.css";

const rowHeight = 35;
const words = { on: "", off: "off", "needs-parameter": "needs a parameter" } as const;

/** Rules of the catalogue. There are hundreds: only what is in view is drawn. */
export function RulesTable({
  items,
  selected,
  onSelect,
}: {
  items: AnswerOf<"listRules">["items"];
  selected: string | undefined;
  onSelect: (rule: string) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  return (
    <div ref={box} className="rules-table" role="list" aria-label="Rules" tabIndex={-1}>
      <div style={{ height: virtual.getTotalSize(), position: "relative" }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const rule = items[index];
          if (rule === undefined) return null;
          return (
            <div
              key={rule.id}
              role="listitem"
              className="rules-table__row"
              style={{ transform: `translateY(${start}px)` }}
            >
              <button
                type="button"
                className={classes("rules-table__button", rule.id === selected && "rules-table__button--selected")}
                aria-pressed={rule.id === selected}
                onClick={() => onSelect(rule.id)}
              >
                <SeverityBars severity={rule.severity} />
                <span className="hidden-text">{rule.severity}</span>
                <span className={classes("rules-table__title", rule.status !== "on" && "dim")}>{rule.title}</span>
                <code className="rules-table__id">{rule.id}</code>
                <span className="rules-table__note">{words[rule.status]}</span>
                <span className="rules-table__count">{rule.findings === 0 ? "" : rule.findings}</span>
              </button>
            </div>
          );
        })}
      </div>
    </div>
  );
}
