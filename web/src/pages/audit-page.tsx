import { IconDownload } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { address } from "../api/call.ts";
import { auditCountsQuery, auditEntryQuery, auditQuery } from "../api/queries/audit.ts";
import { localMinute } from "../components/audit/chart-bars.ts";
import { EntriesChart } from "../components/audit/entries-chart.tsx";
import { EntryDetails } from "../components/audit/entry-details.tsx";
import { AuditFilters } from "../forms/audit-filters.tsx";
import type { AuditFilter } from "../forms/audit-search.ts";
import { AuditTable } from "../tables/audit-table.tsx";
import "../ui/buttons/button.css";
import { Empty } from "../ui/loading/empty.tsx";
import { Loaded } from "../ui/loading/loaded.tsx";
import "./audit-page.css";
import { More } from "../ui/lists/more.tsx";
import { PageHead } from "../ui/layout/page-head.tsx";
import { useAddress } from "../ui/use-address.ts";
import { count } from "../util/format.ts";

/** Local date and time of the field as the instant the API wants; undefined where it is none. */
function instant(text: string | undefined): string | undefined {
  const at = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

/** Who did what. Filters and the open entry stand in the address. */
export function AuditPage() {
  const [search, setSearch] = useAddress();
  const filter: AuditFilter = {
    actor: search["actor"],
    action: search["action"],
    workspace: search["workspace"],
    pullRequest: search["pullRequest"],
    from: search["from"],
    to: search["to"],
  };
  const asked = Object.fromEntries(
    Object.entries({ ...filter, from: instant(filter.from), to: instant(filter.to) }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  const query = useInfiniteQuery(auditQuery(asked));
  const total = useQuery(auditCountsQuery(asked)).data?.total;
  const timed = asked["from"] !== undefined || asked["to"] !== undefined;
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const selected = search["entry"] === undefined ? undefined : Number(search["entry"]);
  const listed = items.find(({ sequence }) => sequence === selected);
  // Whoever was led to an entry sees it, however far down it stands.
  const wanted = selected !== undefined && selected > 0 && query.isSuccess && listed === undefined;
  const led = useQuery({ ...auditEntryQuery(selected ?? 0), enabled: wanted }).data;
  const event = listed ?? (wanted ? led : undefined);
  return (
    <>
      <PageHead
        title="Audit"
        sentence="Who did what, when, to what. Entries cannot be changed or removed."
        actions={
          <a
            className="button button--default"
            href={address("/api/v1/audit-events/export", undefined, asked)}
            download="audit.ndjson"
          >
            <IconDownload size={16} stroke={1.75} aria-hidden="true" />
            Export
          </a>
        }
      />
      <AuditFilters filter={filter} onFilter={(next) => setSearch({ ...next, entry: undefined })}>
        {total !== undefined && `${count(total, "entry", "entries")}${timed ? "" : " in the last 24 hours"}`}
      </AuditFilters>
      <div className={event === undefined ? "stack" : "audit-columns"}>
        <div className="stack">
          <Loaded query={query} label="The audit log" lines={10}>
            {() => (
              <div className="panel">
                {items.length === 0 ? (
                  <Empty title="No entry fits">
                    Every act that changes something has its entry. Take a filter off to see others.
                  </Empty>
                ) : (
                  <AuditTable
                    items={items}
                    selected={selected}
                    onSelect={(sequence) => setSearch({ entry: String(sequence) }, { replace: true })}
                  />
                )}
                <More query={query} />
                <EntriesChart
                  filter={asked}
                  onNarrow={(from, to) => setSearch({ from: localMinute(from), to: localMinute(to), entry: undefined })}
                />
              </div>
            )}
          </Loaded>
        </div>
        {event !== undefined && (
          <EntryDetails event={event} onClose={() => setSearch({ entry: undefined }, { replace: true })} />
        )}
      </div>
    </>
  );
}
