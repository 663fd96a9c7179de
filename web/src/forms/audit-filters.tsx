import { TextInput } from "@mantine/core";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
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
  { key: "action", label: "Action", type: "text", example: "pull_request.merged" },
  { key: "pullRequest", label: "Pull request", type: "number", example: "128" },
  { key: "from", label: "From", type: "datetime-local", example: "" },
  { key: "to", label: "To", type: "datetime-local", example: "" },
];

/** Give it a `key` that changes with the address, so that it begins with what stands there. */
export function AuditFilters({ filter, onFilter }: { filter: AuditFilter; onFilter: (filter: AuditFilter) => void }) {
  const [draft, setDraft] = useState(filter);
  return (
    <form
      className="audit-filters"
      onSubmit={(event) => {
        event.preventDefault();
        onFilter(
          Object.fromEntries(fields.map(({ key }) => [key, draft[key]?.trim() === "" ? undefined : draft[key]])),
        );
      }}
    >
      {fields.map(({ key, label, type, example }, index) => (
        <TextInput
          key={key}
          label={label}
          type={type}
          placeholder={example}
          size="xs"
          value={draft[key] ?? ""}
          {...(index === 0 ? { "data-filter": "" } : {})}
          onChange={(event) => setDraft({ ...draft, [key]: event.currentTarget.value })}
        />
      ))}
      <Button type="submit">Filter</Button>
      <Button variant="quiet" onClick={() => onFilter(Object.fromEntries(fields.map(({ key }) => [key, undefined])))}>
        Clear
      </Button>
    </form>
  );
}
