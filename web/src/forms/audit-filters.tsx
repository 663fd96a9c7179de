import { auditActions, auditActionWords } from "@plumbline/contract/audit-actions";
import { NativeSelect, Popover, TextInput } from "@mantine/core";
import { IconPlus, IconSearch, IconX } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { Button } from "../ui/buttons/button.tsx";
import { capital } from "../util/format.ts";
import { searched, type AuditFilter } from "./audit-search.ts";
import "../ui/lists/filter-chip.css";
import "./audit-filters.css";

const fields: { key: keyof AuditFilter; label: string; type: string; example: string }[] = [
  { key: "actor", label: "Person or runner", type: "text", example: "owner" },
  { key: "workspace", label: "Workspace", type: "text", example: "database/prod" },
  { key: "pullRequest", label: "Pull request", type: "number", example: "128" },
  { key: "from", label: "From", type: "datetime-local", example: "" },
  { key: "to", label: "To", type: "datetime-local", example: "" },
];

const names: Record<keyof AuditFilter, string> = {
  actor: "Who",
  action: "Did",
  workspace: "Workspace",
  pullRequest: "Pull request",
  from: "From",
  to: "To",
};
const keys: (keyof AuditFilter)[] = ["actor", "action", "workspace", "pullRequest", "from", "to"];

/** Every action by group, in words. */
const actionChoices = Object.entries(auditActions).map(([group, actions]) => ({
  group,
  items: Object.entries(actions).map(([value, words]) => ({ value, label: capital(words) })),
}));

/** The choices, and the address's own where it is none of them: the beginning of a name, or an action of a newer server. */
function actionData(chosen: string | undefined) {
  const known = actionChoices.some(({ items }) => items.some(({ value }) => value === chosen));
  return [
    { value: "", label: "Any" },
    ...(chosen === undefined || chosen === "" || known
      ? []
      : [{ value: chosen, label: capital(auditActionWords(chosen)) }]),
    ...actionChoices,
  ];
}

/** What a chip says of a filter's value: an action in words, an instant as people write it. */
function shown(key: keyof AuditFilter, value: string): string {
  if (key === "action") return capital(auditActionWords(value));
  if (key === "pullRequest") return `#${value}`;
  return key === "from" || key === "to" ? value.replace("T", " ") : value;
}

/** Filters as chips; a field that takes a name at once, and a form for all of them. `children` stand at the end. */
export function AuditFilters({
  filter,
  onFilter,
  children,
}: {
  filter: AuditFilter;
  onFilter: (filter: AuditFilter) => void;
  children?: ReactNode;
}) {
  const [text, setText] = useState("");
  const set = keys.flatMap((key) => {
    const value = filter[key];
    return value === undefined || value === "" ? [] : [{ key, value }];
  });
  return (
    <div className="filters">
      <form
        className="audit-filters__search"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() === "") return;
          onFilter({ ...filter, ...searched(text) });
          setText("");
        }}
      >
        <TextInput
          aria-label="Search the log"
          placeholder="Person, workspace, #128"
          size="xs"
          leftSection={<IconSearch size={14} stroke={1.75} />}
          value={text}
          data-filter=""
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </form>
      {set.map(({ key, value }) => (
        <span key={key} className="filter-chip" data-set="">
          <span className="filter-chip__button">
            <span className="dim">{names[key]}</span> <b>{shown(key, value)}</b>
          </span>
          <button
            type="button"
            className="filter-chip__clear"
            onClick={() => onFilter({ ...filter, [key]: undefined })}
            aria-label={`Remove the filter ${names[key]}`}
          >
            <IconX size={14} stroke={1.75} aria-hidden="true" />
          </button>
        </span>
      ))}
      <FilterForm key={JSON.stringify(filter)} filter={filter} onFilter={onFilter} />
      {children !== undefined && <span className="filters__end note">{children}</span>}
    </div>
  );
}

/** All of them at once. Give it a `key` that changes with the address, so that it begins with what stands there. */
function FilterForm({ filter, onFilter }: { filter: AuditFilter; onFilter: (filter: AuditFilter) => void }) {
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState(filter);
  const textField = ({ key, label, type, example }: (typeof fields)[number]) => (
    <TextInput
      key={key}
      label={label}
      type={type}
      placeholder={example}
      size="xs"
      value={draft[key] ?? ""}
      onChange={(event) => setDraft({ ...draft, [key]: event.currentTarget.value })}
    />
  );
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className="filter-chip__button audit-filters__open"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <IconPlus size={14} stroke={1.75} aria-hidden="true" />
          Filter
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Filters of the log">
        <form
          className="audit-filters"
          onSubmit={(event) => {
            event.preventDefault();
            setOpen(false);
            onFilter(
              Object.fromEntries(keys.map((key) => [key, draft[key]?.trim() === "" ? undefined : draft[key]?.trim()])),
            );
          }}
        >
          {fields.slice(0, 2).map(textField)}
          <NativeSelect
            label="Did"
            size="xs"
            data={actionData(draft.action)}
            value={draft.action ?? ""}
            onChange={(event) => setDraft({ ...draft, action: event.currentTarget.value })}
          />
          {fields.slice(2).map(textField)}
          <span className="audit-filters__acts">
            <Button variant="quiet" onClick={() => onFilter(Object.fromEntries(keys.map((key) => [key, undefined])))}>
              Clear
            </Button>
            <Button type="submit" variant="primary">
              Show these
            </Button>
          </span>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
