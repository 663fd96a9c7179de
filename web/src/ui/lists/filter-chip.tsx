import { Menu } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import "./filter-chip.css";

/** A filter with a few values; empty it offers them, set it shows the value and can be taken off. */
export function FilterChip({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: string | undefined;
  options: readonly { value: string; label: string }[];
  onChange: (value: string | undefined) => void;
}) {
  const shown = options.find((option) => option.value === value)?.label ?? value;
  return (
    <span className="filter-chip" data-set={value !== undefined || undefined}>
      <Menu position="bottom-start">
        <Menu.Target>
          <button
            type="button"
            className="filter-chip__button"
            aria-label={value === undefined ? `Filter by ${label}` : `${label}: ${shown}`}
          >
            {value === undefined && <IconPlus size={14} stroke={1.75} aria-hidden="true" />}
            <span className={value === undefined ? undefined : "dim"}>{label}</span>
            {value !== undefined && <b>{shown}</b>}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {options.map((option) => (
            <Menu.Item key={option.value} onClick={() => onChange(option.value)}>
              {option.label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {value !== undefined && (
        <button
          type="button"
          className="filter-chip__clear"
          onClick={() => onChange(undefined)}
          aria-label={`Remove the filter ${label}`}
        >
          <IconX size={14} stroke={1.75} aria-hidden="true" />
        </button>
      )}
    </span>
  );
}
