import { auditActions, auditActionWords } from "@plumbline/contract/audit-actions";
import { NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { capital } from "../util/format.ts";
import "./audit-filters.css";

/** What the audit log is filtered by, as text. */
export interface AuditFilter {
  actor?: string | undefined;
  action?: string | undefined;
  workspace?: string | undefined;
  pullRequest?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

const fields: { key: keyof AuditFilter; label: string; type: string; example: string }[] = [
  { key: "actor", label: "Person or runner", type: "text", example: "owner" },
  { key: "workspace", label: "Workspace", type: "text", example: "database/prod" },
  { key: "pullRequest", label: "Pull request", type: "number", example: "128" },
  { key: "from", label: "From", type: "datetime-local", example: "" },
  { key: "to", label: "To", type: "datetime-local", example: "" },
];

const keys = [...fields.map(({ key }) => key), "action" as const];

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

/** Give it a `key` that changes with the address, so that it begins with what stands there. */
export function AuditFilters({ filter, onFilter }: { filter: AuditFilter; onFilter: (filter: AuditFilter) => void }) {
  const [draft, setDraft] = useState(filter);
  const textField = ({ key, label, type, example }: (typeof fields)[number]) => (
    <TextInput
      key={key}
      label={label}
      type={type}
      placeholder={example}
      size="xs"
      value={draft[key] ?? ""}
      {...(key === "actor" ? { "data-filter": "" } : {})}
      onChange={(event) => setDraft({ ...draft, [key]: event.currentTarget.value })}
    />
  );
  return (
    <form
      className="audit-filters"
      onSubmit={(event) => {
        event.preventDefault();
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
      <Button type="submit">Filter</Button>
      <Button variant="quiet" onClick={() => onFilter(Object.fromEntries(keys.map((key) => [key, undefined])))}>
        Clear
      </Button>
    </form>
  );
}
