import { auditActionWords } from "@plumbline/contract/audit-actions";
import { detailRows } from "@plumbline/contract/audit-details";
import { IconX } from "@tabler/icons-react";
import { ActionIcon } from "@mantine/core";
import "@mantine/core/styles/ActionIcon.css";
import type { AnswerOf } from "../../api/endpoints.ts";
import { CommandText } from "../../ui/text/command-text.tsx";
import { Link } from "../../ui/text/link.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { capital } from "../../util/format.ts";
import { pathTo } from "../../util/path-builder.ts";
import { exact } from "../../util/time.ts";
import "./entry-details.css";

/** Everything an entry says, and the hash over its canonical text. */
export function EntryDetails({
  event,
  onClose,
}: {
  event: AnswerOf<"listAuditEvents">["items"][number];
  onClose: () => void;
}) {
  const rows = detailRows(event.details);
  return (
    <Panel
      title={`Entry ${event.sequence.toLocaleString("en")}`}
      side={
        <ActionIcon variant="subtle" color="gray" aria-label="Close the entry" onClick={onClose}>
          <IconX size={16} stroke={1.75} />
        </ActionIcon>
      }
    >
      <dl className="entry">
        <dt>Who</dt>
        <dd>
          <b>{event.actor.name}</b>, {event.actor.kind}
        </dd>
        <dt>Did</dt>
        <dd>{event.text}</dd>
        <dt>Action</dt>
        <dd>
          <Link href={pathTo.audit({ action: event.action })}>{capital(auditActionWords(event.action))}</Link>{" "}
          <code className="dim">{event.action}</code>
        </dd>
        {(event.workspace !== null || event.pullRequest !== null || event.run !== null) && (
          <>
            <dt>To</dt>
            <dd className="wrap">
              {event.workspace !== null && <Link href={pathTo.workspace(event.workspace)}>{event.workspace}</Link>}
              {event.pullRequest !== null && (
                <Link href={pathTo.pullRequest(event.pullRequest)}>#{event.pullRequest}</Link>
              )}
              {event.run !== null && <Link href={pathTo.run(event.run)}>run {event.run}</Link>}
            </dd>
          </>
        )}
        <dt>When</dt>
        <dd>{exact(event.at)}</dd>
      </dl>
      {rows.length > 0 && (
        <div className="entry__details">
          <h3>Details</h3>
          {rows.map(({ path, text, side }) => (
            <div key={`${side} ${path}`} className={`entry__row entry__row--${side} mono`}>
              <span aria-hidden="true">{side === "before" ? "−" : side === "after" ? "+" : ""}</span>
              <span>{path}</span>
              <span className="entry__value">{text}</span>
            </div>
          ))}
        </div>
      )}
      <div className="panel__foot stack" style={{ gap: 6 }}>
        <h3>Leaf hash</h3>
        <p className="note">
          SHA-256 over the entry's canonical text, stored with it. The export holds both, so that anybody can compute it
          again.
        </p>
        <CommandText label="Leaf hash" text={event.leafHash} />
      </div>
    </Panel>
  );
}
