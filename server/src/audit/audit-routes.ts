import { countAuditEvents, exportAuditEvents, getAuditEvent, listAuditEvents } from "@plumbline/contract";
import type { AuditEvent } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { forClient } from "../access/for-client.ts";
import { authorize } from "../access/authorize.ts";
import type { Db } from "../platform/database/pools.ts";
import { register } from "../platform/http/index.ts";
import type { Api } from "../platform/http/index.ts";
import { readCanonical } from "./audit-event.ts";
import type { StoredEntry } from "./audit-store.ts";
import { countAudit, exportAudit, readAudit, readEntry } from "./read-audit.ts";
import type { WholePullRequests } from "./read-audit.ts";

/** Routes of the audit log. */
export function auditRoutes(api: Api<Actor>, db: Db, whole: WholePullRequests): void {
  register(api, listAuditEvents, async ({ actor, query }) => {
    const { entries, cursor } = await readAudit(db, forClient(actor, query.client), query, query, whole);
    return { items: entries.map(presentAuditEvent), cursor };
  });
  register(api, getAuditEvent, async ({ actor, params }) =>
    presentAuditEvent(await readEntry(db, actor, params.number, whole)),
  );
  register(api, countAuditEvents, ({ actor, query }) =>
    countAudit(db, forClient(actor, query.client), query, new Date(), whole),
  );
  register(api, exportAuditEvents, async ({ actor, query, reply }) => {
    const seer = forClient(actor, query.client);
    authorize(seer, "audit.read");
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value);
    reply.raw.writeHead(200, {
      "content-type": "application/x-ndjson",
      "content-disposition": 'attachment; filename="audit.ndjson"',
    });
    for await (const entries of exportAudit(db, seer, query, whole)) {
      const lines = entries.map((entry) =>
        JSON.stringify({
          sequence: entry.sequence,
          leafHash: entry.leafHash.toString("hex"),
          canonical: entry.canonical,
        }),
      );
      if (!reply.raw.write(`${lines.join("\n")}\n`)) await new Promise((resolve) => reply.raw.once("drain", resolve));
      if (reply.raw.destroyed) return;
    }
    reply.raw.end();
  });
}

/** An entry as it leaves the API. */
function presentAuditEvent(entry: StoredEntry): AuditEvent {
  const canonical = readCanonical(entry.canonical);
  return {
    sequence: entry.sequence,
    id: canonical.event,
    at: canonical.at,
    actor: { kind: canonical.actor.kind, name: canonical.actor.name },
    action: canonical.action,
    text: canonical.text,
    workspace: canonical.workspace ?? null,
    environment: canonical.environment ?? null,
    pullRequest: canonical.pullRequest ?? null,
    run: canonical.run ?? null,
    details: canonical.details,
    leafHash: entry.leafHash.toString("hex"),
  };
}
