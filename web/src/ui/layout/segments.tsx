import { classes } from "../../util/format.ts";
import "./segments.css";

/** One of a few views. */
export function Segments<Id extends string>({
  items,
  selected,
  onSelect,
  label,
}: {
  items: readonly { id: Id; label: string }[];
  selected: Id;
  onSelect: (id: Id) => void;
  label: string;
}) {
  return (
    <div className="segments" role="group" aria-label={label}>
      {items.map((item) => (
        <button
          key={item.id}
          type="button"
          aria-pressed={item.id === selected}
          className={classes("segments__item", item.id === selected && "segments__item--selected")}
          onClick={() => onSelect(item.id)}
        >
          {item.label}
        </button>
      ))}
    </div>
  );
}
