import { useRef, type KeyboardEvent } from "react";
import { classes } from "../../util/format.ts";
import "./tabs.css";

export interface TabItem {
  id: string;
  label: string;
  count?: number | string | undefined;
}

/** Tabs whose selection the caller keeps in the address; arrow keys move. The panel is `tab-panel`. */
export function Tabs({
  items,
  selected,
  onSelect,
  label,
}: {
  items: readonly TabItem[];
  selected: string;
  onSelect: (id: string) => void;
  label: string;
}) {
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const index = items.findIndex(({ id }) => id === selected);
    const next = items[(index + step + items.length) % items.length];
    if (next === undefined) return;
    onSelect(next.id);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={move} tabIndex={-1}>
      {items.map(({ id, label: text, count }) => (
        <button
          key={id}
          type="button"
          role="tab"
          data-tab={id}
          id={`tab-${id}`}
          aria-selected={id === selected}
          aria-controls="tab-panel"
          tabIndex={id === selected ? 0 : -1}
          className={classes("tabs__tab", id === selected && "tabs__tab--selected")}
          onClick={() => onSelect(id)}
        >
          {text}
          {count !== undefined && <span className="tabs__count">{count}</span>}
        </button>
      ))}
    </div>
  );
}
